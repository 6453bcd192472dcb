import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { last, type Act, type Outcome } from "./acts";
import { act, NOW } from "./sample";
import { pauseS, round } from "./sender";
import { acts, drafts, files, forget, forgetTickets, notes, tickets } from "./store";

/** A server that records each command once, and loses answers or refuses as it is told. */
function server(fails: (act: Act, count: number) => Outcome | undefined) {
  const recorded: string[] = [];
  const heard: Act[] = [];
  let busy = 0;
  return {
    recorded,
    heard,
    most: { busy: 0 },
    async send(given: Act): Promise<Outcome> {
      heard.push(given);
      busy += 1;
      this.most.busy = Math.max(this.most.busy, busy);
      await Promise.resolve();
      busy -= 1;
      const failure = fails(given, heard.filter(({ id }) => id === given.id).length);
      if (failure?.is === "refused" || failure?.is === "signed-out") return failure;
      if (!recorded.includes(given.id)) recorded.push(given.id);
      return failure ?? { is: "done" };
    },
    offset: () => 0,
    now: () => NOW,
  };
}

const flight = async (count: number, numbers: string[]) => {
  for (let place = 0; place < count; place += 1) {
    await acts.put(act(`${String(place).padStart(2, "0")}`, numbers[place % numbers.length] ?? "", { made: last(await acts.all()) }));
  }
};
const states = async () => Object.fromEntries((await acts.all()).map(({ id, state }) => [id, state]));

beforeEach(async () => {
  for (const { id } of await acts.all()) await acts.replace(id);
});

describe("a round of sending", () => {
  it("sends forty acts over three tickets, each once, in the order of its ticket, whatever is lost on the way", async () => {
    await flight(40, ["A", "B", "C"]);
    const before = await acts.all();
    // The first answer to every third is lost behind the server.
    const line = server(({ id }, count) => (Number(id) % 3 === 0 && count === 1 ? { is: "unknown" } : undefined));
    for (let rounds = 0; rounds < 20; rounds += 1) await round("engineer", acts, line);
    expect(line.recorded.toSorted()).toEqual(before.map(({ id }) => id));
    for (const number of ["A", "B", "C"]) {
      const ofTicket = line.heard.filter((each) => each.number === number && line.recorded.includes(each.id)).map(({ id }) => Number(id));
      expect(ofTicket).toEqual(ofTicket.toSorted((one, other) => one - other));
    }
    // A body never changes, however often it is sent; and its time is its own.
    for (const each of before) for (const sent of line.heard.filter(({ id }) => id === each.id)) expect(sent).toMatchObject({ at: each.at, data: each.data });
    expect(line.most.busy).toBeLessThanOrEqual(3);
  });

  it("holds the ticket of a refusal, and no other", async () => {
    await flight(6, ["A", "B"]);
    const line = server(({ id }) => (id === "02" ? { is: "refused", says: "须先提出内部申请" } : undefined));
    await round("engineer", acts, line);
    expect(await states()).toEqual({ "00": "done", "01": "done", "02": "refused", "03": "done", "04": "waiting", "05": "done" });
  });

  it("waits with no ticket for another's that is not answered", async () => {
    await flight(5, ["A", "B"]);
    const line = server(() => undefined);
    const answers: (() => void)[] = [];
    const send = async (each: Act) => {
      if (each.id === "00") await new Promise<void>((answer) => answers.push(answer));
      return line.send(each);
    };
    const going = round("engineer", acts, { ...line, send });
    await expect.poll(() => line.recorded).toEqual(["01", "03"]);
    for (const answer of answers) answer();
    await going;
    expect(line.recorded).toEqual(["01", "03", "00", "02", "04"]);
  });

  it("stops where the session is over; nothing is lost", async () => {
    await flight(2, ["A", "B"]);
    const line = server(() => ({ is: "signed-out" }));
    expect(await round("engineer", acts, line)).toMatchObject({ isSignedOut: true });
    expect(await states()).toEqual({ "00": "waiting", "01": "waiting" });
    expect(line.recorded).toEqual([]);
  });

  it("sends nobody else's acts, and nothing before the server's clock is known", async () => {
    await flight(2, ["A"]);
    const line = server(() => undefined);
    await round("engineer2", acts, line);
    await round("engineer", acts, { ...line, offset: () => undefined });
    expect(line.heard).toEqual([]);
  });

  it("that ends with the phone between sending and the answer goes on under the same id", async () => {
    await flight(1, ["A"]);
    const line = server(() => undefined);
    await expect(round("engineer", acts, { ...line, send: async (given) => (await line.send(given), Promise.reject(new Error("killed"))) })).rejects.toThrow("killed");
    expect(await acts.all()).toMatchObject([{ id: "00", state: "waiting", sent: true }]);
    await round("engineer", acts, line);
    expect(line.recorded).toEqual(["00"]);
    expect(line.heard.map(({ id }) => id)).toEqual(["00", "00"]);
    expect(await states()).toEqual({ "00": "done" });
  });

  it("gives what was done on a report to its ticket", async () => {
    await acts.put(act("r", "r", { kind: "open", made: 1 }), act("n", "r", { made: 2 }));
    const line = server(({ kind }) => (kind === "open" ? { is: "done", as: "6X792M25" } : undefined));
    await round("engineer", acts, line);
    expect(line.heard.map(({ number }) => number)).toEqual(["r", "6X792M25"]);
  });

  it("waits longer each time that nobody answers, and a minute at most", () => {
    expect([0, 1, 2, 9].map((tries) => pauseS(tries, 1))).toEqual([2, 4, 8, 60]);
    expect(pauseS(9, 0)).toBe(45);
  });
});

const file = (id: string, user: string) => ({ id, user, name: "现场.jpg", type: "image/jpeg", blob: new Blob(["x"]) });

it("whoever signs out leaves what waits, with its photos, and takes everything else of theirs", async () => {
  for (const [id, user] of [["needed", "engineer"], ["drafted", "engineer"], ["other", "engineer2"]] as const) await files.put(file(id, user));
  await acts.put(act("w", "A", { files: ["needed"] }), act("d", "A", { state: "done" }), act("o", "A", { user: "engineer2", state: "done" }));
  for (const user of ["engineer", "engineer2"]) {
    await tickets.put(user, "A", {});
    await drafts.put(user, "A", "note", { values: { text: "x" }, files: [] });
  }
  await forget("engineer");
  expect((await acts.all()).map(({ id }) => id)).toEqual(["o", "w"]);
  expect(await Promise.all(["needed", "drafted", "other"].map(async (id) => (await files.get(id))?.id))).toEqual(["needed", undefined, "other"]);
  expect([await tickets.of("engineer"), (await tickets.of("engineer2")).length]).toEqual([[], 1]);
  expect([await drafts.get("engineer", "A", "note"), (await drafts.get("engineer2", "A", "note"))?.values]).toEqual([undefined, { text: "x" }]);
});

it("whose session is over reads no ticket any more, and keeps what waits and what was begun, with its photos", async () => {
  for (const [id, user] of [["needed", "engineer"], ["drafted", "engineer"], ["recorded", "engineer"], ["other", "engineer2"]] as const) await files.put(file(id, user));
  await acts.put(act("w", "A", { files: ["needed"] }), act("d", "A", { state: "done", files: ["recorded"] }));
  for (const user of ["engineer", "engineer2"]) await tickets.put(user, "A", {});
  await drafts.put("engineer", "A", "end_visit", { values: { text: "x" }, files: ["drafted"], strokes: [[[1, 2]]] });
  await notes.put("me", { id: "engineer" });
  await forgetTickets("engineer");
  expect((await acts.all()).map(({ id }) => id)).toEqual(["w"]);
  expect(await Promise.all(["needed", "drafted", "recorded", "other"].map(async (id) => (await files.get(id))?.id))).toEqual(["needed", "drafted", undefined, "other"]);
  expect([await tickets.of("engineer"), (await tickets.of("engineer2")).length]).toEqual([[], 1]);
  expect((await drafts.get("engineer", "A", "end_visit"))?.strokes).toEqual([[[1, 2]]]);
  expect(await notes.get("me")).toBeUndefined();
  // Of another's end nobody else is signed out.
  await notes.put("me", { id: "engineer2" });
  await forgetTickets("engineer");
  expect(await notes.get("me")).toEqual({ id: "engineer2" });
});
