import "fake-indexeddb/auto";
import { beforeEach, expect, it, vi } from "vitest";
import { onSignedOut } from "@shared/api/client";
import { act } from "./outbox/sample";
import { acts, notes } from "./outbox/store";
import { sendAll } from "./doing";
import { end } from "./ending";
import { meet, signIn, signOut } from "./meeting";
import { readTicket } from "./reading";
import { change, now } from "./state";

// The API is beside the page, and the client asks where that is as soon as it is read.
vi.hoisted(() => vi.stubGlobal("location", { origin: "http://127.0.0.1" }));

/** Whose session it is; what came, in order; and what is answered no sooner than somebody lets it. */
let whose: string | undefined;
let came: string[] = [];
let held: string | undefined;
let sessions = 0;
let release: () => void = () => undefined;

const person = (id: string) => ({ id, name: id, role: "engineer", commands: [], may_open: false, csrf: String(sessions) });
const answer = (status: number, told: object) => Response.json(told, { status, headers: { "x-request-id": "r", date: new Date().toUTCString() } });

async function serve(request: Request): Promise<Response> {
  const asked = `${request.method} ${new URL(request.url).pathname}`;
  const body = request.method === "POST" ? ((await request.clone().json()) as { user?: string; command_id?: string }) : {};
  came.push(body.command_id ?? asked);
  const said = decided(asked, body.user);
  if (asked === held) await new Promise<void>((done) => (release = done));
  return said;
}

function decided(asked: string, user?: string): Response {
  if (asked === "POST /api/session") {
    sessions += 1;
    whose = user ?? "";
  }
  if (whose === undefined) return answer(401, {});
  if (["GET /api/session", "POST /api/session"].includes(asked)) return answer(200, person(whose));
  if (asked === "DELETE /api/session") whose = undefined;
  return answer(200, asked.endsWith("/commands") ? { decision: "accepted" } : { number: asked.split("/").at(-1), items: [] });
}

const until = (happened: () => boolean) => vi.waitFor(() => expect(happened()).toBe(true), { timeout: 30_000 });
const isHeld = () => came.includes(held ?? "");

beforeEach(async () => {
  vi.stubGlobal("fetch", serve);
  [whose, came, held] = [undefined, [], undefined];
  for (const { id } of await acts.all()) await acts.replace(id);
  await notes.drop("leaving");
  change({ me: undefined, over: undefined, tickets: [], acts: [] });
});

/** Somebody signs in before what is held is answered, and stays signed in. */
async function isAnsweredBehindTheNext(late: Promise<void>): Promise<void> {
  await until(isHeld);
  held = undefined;
  await signIn("next", "");
  release();
  await late;
  expect(now().me?.id).toBe("next");
}

it("whoever signs in is not taken for the one before, whose session is told of late", async () => {
  whose = "first";
  held = "GET /api/session";
  await isAnsweredBehindTheNext(meet());
  expect(whose).toBe("next");
});

it("a late word that the session of the one before is over ends nobody else's", async () => {
  const forget = onSignedOut(() => void end());
  await signIn("first", "");
  for (const [asks, request] of [[() => readTicket("A"), "GET /api/tickets/A"], [meet, "GET /api/session"]] as const) {
    await meet(); // all that signing in asks for is answered
    [whose, held, came] = [undefined, request, []];
    await isAnsweredBehindTheNext(asks().catch(() => undefined));
  }
  forget();
});

it("whoever signs in waits until the one before has left, whose leaving would end both sessions", async () => {
  await signIn("first", "");
  held = "DELETE /api/session";
  const left = signOut();
  await until(isHeld);
  came = [];
  const entered = signIn("next", "");
  await new Promise((soon) => setTimeout(soon, 20));
  expect(came).toEqual([]);
  release();
  await Promise.all([left, entered]);
  expect([came[0], whose, now().me?.id]).toEqual(["POST /api/session", "next", "next"]);
});

it("what the next one has done does not wait for the round of the one before", async () => {
  await signIn("first", "");
  await acts.put(act("a", "A", { user: "first" }));
  held = "GET /api/tickets/A";
  change({ acts: await acts.all() });
  const before = sendAll();
  await until(isHeld);
  held = undefined;
  await signIn("next", "");
  await acts.put(act("b", "B", { user: "next" }));
  change({ acts: await acts.all() });
  const sent = sendAll();
  release();
  await Promise.all([before, sent]);
  expect(came).toContain("b");
});
