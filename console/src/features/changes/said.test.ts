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

  it("names of a new record neither secrets, nor what it does not hold, nor what stands beside it", () => {
    const after = { id: "ce2e", person_id: "li", csrf: "***", way: "password", revoked_at: null, switches: {} };
    expect(changedOf({ before: {}, after, about: "ce2e", whom: "li" }).map(({ name }) => name)).toEqual(["way"]);
  });
});
