import { describe, expect, it } from "vitest";
import type { Offer } from "@shared/commands/fields";
import { goesOn, lastOf, nextStep, open, openersOf } from "./next";
import type { Entry, Obligation } from "./queries";

const offer = (kind: string, possible = true, opened_by: string[] = []) => ({ kind, possible, opened_by }) as unknown as Offer;
const promise = (kind: string, due: number, change: Partial<Obligation> = {}) =>
  ({ kind, open: true, due_at: new Date(due * 60_000).toISOString(), met_at: null, ...change }) as Obligation;

const entry = (happening: Entry["happening"], at: number, id = "engineer"): Entry =>
  ({ happening, at: new Date(at * 60_000).toISOString(), actor: { id, role: "engineer" } });

const ALL = ["take", "respond", "apply_onsite", "depart", "arrive", "diagnose", "restore", "end_visit", "resolve", "note"].map((kind) => offer(kind));

describe("the next step", () => {
  it("keeps the promise that falls due first", () => {
    expect(nextStep(ALL, [promise("restore", 60), promise("arrive", 10), promise("depart", 30)], [])).toEqual({ kind: "arrive", of: "arrive" });
  });

  it("is what opens it, where the server does not let it be done yet", () => {
    const offers = [offer("depart", false, ["apply_onsite"]), offer("apply_onsite"), offer("note")];
    expect(nextStep(offers, [promise("depart", 5)], [])).toEqual({ kind: "apply_onsite", of: "depart" });
    expect(openersOf(offers, "depart")).toEqual(["apply_onsite"]);
  });

  it("looks past promises that are kept, over or nobody's here", () => {
    const promises = [promise("respond", 1, { met_at: "2026-11-26T06:00:00Z" }), promise("depart", 2, { open: false }), promise("survey", 3), promise("diagnose", 9)];
    expect(nextStep(ALL, promises, [])).toEqual({ kind: "diagnose", of: "diagnose" });
  });

  it.each([
    [["depart"], "arrive"],
    [["depart", "arrive"], "end_visit"],
    [["apply_onsite"], "depart"],
  ])("behind %j, which the server does not know yet, is %s", (queued, kind) => {
    expect(nextStep(ALL.map((each) => offer(each.kind, false)), [promise("depart", 1)], queued)?.kind).toBe(kind);
  });

  it("asks for nothing that stands still before what runs", () => {
    const promises = [promise("resolve", 10, { state: "paused" }), promise("restore", 60, { state: "running" })];
    expect(nextStep(ALL, promises, [])).toEqual({ kind: "restore", of: "restore" });
  });

  it("ends a visit that is under way, where no promise asks for anything; what could be told late is none", () => {
    const offers = [offer("depart"), offer("arrive"), offer("end_visit"), offer("resolve")];
    expect(nextStep(offers, [promise("arrive", 1, { met_at: "2026-11-26T06:00:00Z" })], [])).toEqual({ kind: "end_visit" });
  });

  it("goes on with their visit, as far as anything of one was told", () => {
    const offers = [offer("take"), offer("depart"), offer("arrive"), offer("end_visit"), offer("resolve")];
    const behind = (...told: Entry[]) => nextStep(offers, [], [], goesOn(lastOf(told), "engineer"))?.kind;
    expect(behind(entry("departed", 1))).toBe("arrive");
    expect(behind(entry("arrived", 2), entry("departed", 1))).toBe("end_visit");
    expect(behind(entry("departed", 1), entry("arrived", 2))).toBe("end_visit"); // the way is told late
    expect(nextStep([offer("arrive", false), offer("resolve")], [], [], goesOn(entry("departed", 1), "engineer"))).toEqual({ kind: "resolve" });
  });

  it("records no arrival of a visit that is over or on site, wherever that was told", () => {
    const offers = [offer("depart"), offer("arrive"), offer("resolve", false)];
    const behind = (...told: Entry[]) => nextStep(offers, [], [], goesOn(lastOf(told), "engineer"));
    expect(behind(entry("visit_ended", 3), entry("arrived", 2), entry("departed", 1))).toBeUndefined();
    expect(behind(entry("arrived", 2, "duty"), entry("departed", 1))).toBeUndefined();
    expect(behind(entry("resolved", 2, "duty"), entry("departed", 1))).toBeUndefined();
    expect(behind()).toBeUndefined();
  });

  it("sends nobody out by a guess", () => {
    const offers = [offer("take", false), offer("depart"), offer("arrive"), offer("end_visit", false), offer("resolve", false)];
    expect(nextStep(offers, [], [])).toBeUndefined();
    expect(nextStep([...offers, offer("note")], [], ["note"])).toBeUndefined();
  });

  it("is none where nothing can be done", () => {
    expect(nextStep([offer("arrive", false)], [promise("arrive", 1)], [])).toBeUndefined();
  });
});

it("what the role has not is never offered, and what waits is not offered twice but for words", () => {
  expect(open([offer("arrive"), offer("note"), offer("close")], ["arrive", "note"])).toEqual(["note"]);
});
