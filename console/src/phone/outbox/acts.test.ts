import { describe, expect, it } from "vitest";
import { anew, before, behind, doubtOf, heads, last, lookedAt, moved, openOf, others, past, untilNext, type Act, type Outcome } from "./acts";
import { act, NOW } from "./sample";

const HOUR = 3_600_000;

const queue = (...acts: Act[]) => acts.map((each, place) => act(each.id, each.number, { ...each, made: place + 1 }));
const until = (acts: Act[], offset = 0) => untilNext(queue(...acts), "engineer", NOW, offset);
const [AHEAD, PAST] = [24, -73].map((hours) => new Date(NOW + hours * HOUR).toISOString()) as [string, string];
const ready = (acts: Act[], offset = 0) => heads(acts, "engineer", NOW, offset).map(({ id }) => id);

describe("what is sent next", () => {
  it("is waited for no longer than it can be taken back, also where that was over while others were read", () => {
    expect(until([act("a", "A", { from: NOW + 3000 }), act("b", "B", { from: NOW + 4000 })])).toBe(3000);
    expect(until([act("a", "A", { from: NOW - 1 }), act("b", "B", { from: NOW + 4000 })])).toBe(0);
    // What was refused, what stands behind it and what has left already are tried at no time of their own.
    const held = [act("a", "A", { state: "refused", sent: true }), act("b", "A"), act("c", "C", { sent: true }), act("d", "D", { offset: undefined })];
    expect(until(held)).toBe(Infinity);
  });

  it("is the first of each ticket, whatever the order in which they lie in the database", () => {
    const acts = queue(act("a1", "A"), act("a2", "A"), act("b1", "B"), act("b2", "B"));
    expect(ready(acts)).toEqual(["a1", "b1"]);
    expect(ready(acts.toReversed())).toEqual(["a1", "b1"]);
  });

  it("is nothing of a ticket whose first was refused, and goes on with all others", () => {
    expect(ready(queue(act("a1", "A", { state: "refused" }), act("a2", "A"), act("b1", "B")))).toEqual(["b1"]);
  });

  it("is the next once the one before is on record, and not while that is decided", () => {
    expect(ready(queue(act("a1", "A", { state: "done" }), act("a2", "A")))).toEqual(["a2"]);
    expect(ready(queue(act("a1", "A", { state: "pending", sent: true }), act("a2", "A")))).toEqual(["a1"]);
  });

  it("is nothing that can still be taken back, nor what is behind it", () => {
    expect(ready(queue(act("a1", "A", { from: NOW + 1 }), act("a2", "A")))).toEqual([]);
    // A clock that was set back by hours holds nothing for hours.
    expect(ready(queue(act("a1", "A", { from: NOW + HOUR })))).toEqual(["a1"]);
  });

  it("is nobody else's", () => {
    const theirs = act("x", "A", { user: "engineer2", userName: "王海涛" });
    expect(ready(queue(theirs, act("a1", "A")))).toEqual(["a1"]);
    expect(openOf(queue(theirs), "engineer")).toEqual([]);
    expect(others(queue(theirs, { ...theirs, id: "y", state: "done" }), "engineer")).toEqual([{ name: "王海涛", count: 1 }]);
  });
});

describe("the time of an act", () => {
  it.each([
    ["as the phone had it", {}, 0, undefined],
    ["that the clock has drifted from by two minutes and a second", {}, 121_000, "clock"],
    ["by a clock that was wrong and known to be", { offset: 180_000 }, 180_000, undefined],
    ["by a clock that has been put right since", { offset: 180_000 }, 0, "clock"],
    ["of a phone that never heard the server", { offset: undefined, heardAt: undefined }, 0, "clock"],
    ["more than a day behind what the server had told", { heardAt: NOW - 26 * HOUR }, 0, "clock"],
    ["that somebody filled in and that is still to come", { at: AHEAD }, 0, "ahead"],
    ["by a clock that was three days fast, and known to be", { at: PAST, offset: -72 * HOUR }, -72 * HOUR, undefined],
    ["by a clock that was three days fast, as the server has told since", {}, -72 * HOUR, "clock"],
    ["that somebody has looked at", { offset: undefined, checked: true }, 0, undefined],
    ["that has left already, for its body never changes", { offset: undefined, sent: true }, 0, undefined],
  ])("%s", (_, change, offset, doubt) => {
    expect(doubtOf(act("a", "A", change), offset, NOW)).toBe(doubt);
    expect(ready([act("a", "A", change)], offset)).toEqual(doubt ? [] : ["a"]);
    expect(until([act("a", "A", change)], offset)).toBe(doubt || "sent" in change ? Infinity : 0);
  });
});

describe("what becomes of one", () => {
  const outcomes: [Outcome, Partial<Act>][] = [
    [{ is: "done", as: "2026-11-26T06:00:00Z" }, { state: "done" }],
    [{ is: "pending" }, { state: "pending", sent: true }],
    [{ is: "refused", says: "须先提出内部申请", reason: "gate" }, { state: "refused", says: "须先提出内部申请" }],
    [{ is: "unknown" }, { state: "waiting", sent: true }],
    [{ is: "signed-out" }, { state: "waiting", sent: true }],
  ];
  it.each(outcomes)("%o keeps its id and its body", (outcome, expected) => {
    const sent = act("a", "A");
    expect(behind(sent, outcome)).toMatchObject({ ...expected, id: "a", data: sent.data, at: sent.at });
  });

  it("refused and sent in another way it is another command in the same place", () => {
    const refused = act("a", "A", { state: "refused", sent: true, says: "no", made: 3 });
    expect(anew(refused, "b", { data: { text: "better" } })).toMatchObject({ id: "b", made: 3, state: "waiting", sent: false, says: undefined, data: { text: "better" } });
  });

  it("what had to come first stands before it, and behind all that was before", () => {
    const acts = queue(act("a", "A"), act("b", "A", { state: "refused" }), act("c", "A"));
    const place = before(acts, acts[1] as Act);
    expect(place).toBeGreaterThan(1);
    expect(place).toBeLessThan(2);
    expect(before([...acts, act("d", "A", { made: place })], acts[1] as Act)).toBeGreaterThan(place);
    expect(last(acts)).toBe(4);
  });

  it("what is on record is remembered for a while, what waits until it is", () => {
    const acts = queue(...Array.from({ length: 25 }, (_, place) => act(`${place}`, "A", { state: place === 0 ? "waiting" : "done" })));
    expect(past(acts).map(({ id }) => id)).toEqual(["1", "2", "3", "4"]);
  });

  it("what was done on a report goes to the ticket that it has become", () => {
    expect(moved(queue(act("a", "r1"), act("b", "A")), "r1", "6X792M25")).toMatchObject([{ id: "a", number: "6X792M25" }]);
  });
});

it("a time that somebody has looked at is the one that counts, of a report too", () => {
  const at = "2026-11-26T05:30:00.000Z";
  expect(lookedAt(act("a", "A"), at)).toMatchObject({ at, checked: true, data: { text: "a" } });
  const report = act("b", "b", { kind: "open", data: { title: "t", received_at: "2026-11-26T05:00:00.000Z" } });
  expect(lookedAt(report, at)).toMatchObject({ at, data: { title: "t", received_at: at } });
});
