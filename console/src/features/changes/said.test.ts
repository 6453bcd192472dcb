import { describe, expect, it } from "vitest";
import { changedOf } from "./said";

describe("a change", () => {
  it("is told field by field, with what was and what is", () => {
    const change = { before: { phone: "139", customers: ["a"] }, after: { phone: null, customers: [], grade: "senior" }, about: "li", whom: "li" };
    expect(changedOf(change)).toEqual([
      { name: "phone", before: "139", after: null },
      { name: "customers", before: ["a"], after: [] },
      { name: "grade", before: undefined, after: "senior" },
    ]);
  });

  it("tells of what a contract sets otherwise, one by one, what has become of it", () => {
    const before = { switches: { heartbeat_min: 30, follow_up: true, vendor_leg: false } };
    const after = { switches: { heartbeat_min: 20, follow_up: true, log_asks: ["cause"] } };
    expect(changedOf({ before, after, about: "c", whom: "demo" })).toEqual([
      { name: "switches.heartbeat_min", before: 30, after: 20 },
      { name: "switches.vendor_leg", before: false, after: undefined },
      { name: "switches.log_asks", before: undefined, after: ["cause"] },
    ]);
  });

  it("tells of what lies deeper by the whole way to it", () => {
    const [before, after] = [{ switches: { pause: { cap_min: 30 } } }, { switches: { pause: { cap_min: 20 } } }];
    expect(changedOf({ before, after, about: "c", whom: "demo" }).map(({ name }) => name)).toEqual(["switches.pause.cap_min"]);
  });

  it("names of a new record neither secrets, nor what it does not hold, nor what stands beside it", () => {
    const after = { id: "ce2e", person_id: "li", csrf: "***", way: "password", revoked_at: null, switches: {} };
    expect(changedOf({ before: {}, after, about: "ce2e", whom: "li" }).map(({ name }) => name)).toEqual(["way"]);
  });
});
