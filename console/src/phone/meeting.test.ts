import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { act } from "./outbox/sample";
import { acts, notes, tickets } from "./outbox/store";
import { answeredAs, endIfOld } from "./ending";
import { meet } from "./meeting";
import { change, now, type Me } from "./state";

// The API is beside the page, and the client asks where that is as soon as it is read.
vi.hoisted(() => vi.stubGlobal("location", { origin: "http://127.0.0.1" }));

const me = (id: string): Me => ({ id, name: id, role: "engineer", commands: [], may_open: false });
const answer = (status: number, told: object) => Response.json(told, { status, headers: { "x-request-id": "r" } });

const ended: string[] = [];
let session: Response;

beforeEach(async () => {
  ended.length = 0;
  vi.stubGlobal("fetch", ({ method, url }: Request) => {
    const { pathname } = new URL(url);
    if (pathname !== "/api/session") return Promise.resolve(answer(200, { items: [] }));
    if (method === "DELETE") ended.push(pathname);
    return Promise.resolve(method === "DELETE" ? new Response(null, { status: 204, headers: { "x-request-id": "r" } }) : session.clone());
  });
  for (const { id } of await acts.all()) await acts.replace(id);
  await notes.drop("leaving");
  change({ me: undefined, over: undefined, tickets: [], acts: [] });
});

describe("whoever has left without a network", () => {
  it("is signed out as soon as there is one", async () => {
    await notes.put("leaving", "engineer");
    session = answer(200, { ...me("engineer"), csrf: "c" });
    await meet();
    expect(ended).toHaveLength(1);
    expect(now().me).toBeUndefined();
  });

  it("ends nobody else's session, neither then nor later one of their own", async () => {
    await notes.put("leaving", "engineer");
    session = answer(200, { ...me("engineer2"), csrf: "c" });
    await meet();
    expect(now().me?.id).toBe("engineer2");
    session = answer(200, { ...me("engineer"), csrf: "d" });
    await meet();
    expect(now().me?.id).toBe("engineer");
    expect(ended).toEqual([]);
  });
});

describe("of whom the server says that nobody is signed in", () => {
  beforeEach(async () => {
    await notes.put("me", me("engineer"));
    await tickets.put("engineer", "A", { ticket: { number: "A" } });
    await acts.put(act("w", "A", { from: Infinity }));
    change({ me: me("engineer"), tickets: await tickets.of("engineer"), acts: await acts.all() });
  });

  it("no ticket is kept, and every act that waits", async () => {
    session = answer(401, {});
    await meet();
    expect([now().me, now().over?.id, now().tickets]).toEqual([undefined, "engineer", []]);
    expect(await tickets.of("engineer")).toEqual([]);
    expect((await acts.all()).map(({ id, sent }) => [id, sent])).toEqual([["w", false]]);
  });

  it("everything is kept where it was not the server that said so", async () => {
    session = Response.json({}, { status: 401 });
    await meet();
    expect(now().me?.id).toBe("engineer");
    expect(await tickets.of("engineer")).toHaveLength(1);
  });
});

it("whoever is called sees for what, and its ticket stays as long as nobody answers", async () => {
  let waits = true;
  session = answer(200, { ...me("engineer"), csrf: "c" });
  vi.stubGlobal("fetch", ({ url }: Request) => {
    const { pathname } = new URL(url);
    if (pathname === "/api/session") return Promise.resolve(session.clone());
    if (pathname === "/api/inbox") return Promise.resolve(answer(200, { items: [{ id: "m", ticket: "A", call: { waits } }] }));
    return Promise.resolve(answer(200, pathname === "/api/tickets/A" ? { number: "A", assignee: null } : { items: [] }));
  });
  await meet();
  expect([now().calls.map(({ id }) => id), now().tickets.map(({ ticket }) => ticket.number)]).toEqual([["m"], ["A"]]);
  waits = false;
  await meet();
  expect([now().calls, now().tickets]).toEqual([[], []]);
});

it("a page that stays open where nobody answers shows no ticket once a session cannot hold any more", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await answeredAs("engineer");
  await tickets.put("engineer", "A", { ticket: { number: "A" } });
  await acts.put(act("w", "A", { from: Infinity }));
  change({ me: me("engineer"), tickets: await tickets.of("engineer"), acts: await acts.all() });
  vi.setSystemTime(Date.now() + 12 * 3_600_000 - 1);
  await endIfOld();
  expect([now().me?.id, now().tickets.length]).toEqual(["engineer", 1]);
  vi.setSystemTime(Date.now() + 1);
  await endIfOld();
  expect([now().me, now().over?.id, now().tickets, await tickets.of("engineer")]).toEqual([undefined, "engineer", [], []]);
  expect((await acts.all()).map(({ id }) => id)).toEqual(["w"]);
  vi.useRealTimers();
});

it("which tickets are theirs is known although nobody says what levels are called", async () => {
  session = answer(200, { ...me("engineer"), csrf: "c" });
  await tickets.put("engineer", "A", { ticket: { number: "A" } });
  change({ me: me("engineer"), packs: [], tickets: await tickets.of("engineer") });
  const asked: string[] = [];
  vi.stubGlobal("fetch", ({ url }: Request) => {
    const { pathname } = new URL(url);
    const ticket = { number: "B", pack: "xinhe", level: "1" };
    asked.push(pathname);
    if (pathname === "/api/session") return Promise.resolve(session.clone());
    if (pathname === "/api/packs") return Promise.resolve(answer(503, {}));
    return Promise.resolve(answer(200, pathname === "/api/tickets/B" ? ticket : { items: pathname === "/api/tickets" ? [ticket] : [] }));
  });
  await meet();
  expect([asked.includes("/api/packs"), now().tickets.map(({ ticket }) => ticket.number)]).toEqual([true, ["B"]]);
});
