import { describe, expect, it } from "vitest";
import { changedOf } from "./said";

describe("a change", () => {
  it("is told field by field, with what was and what is", () => {
    expect(changedOf({ before: { phone: "139", customers: ["a"] }, after: { phone: null, customers: [], grade: "senior" } })).toEqual([
      { name: "phone", before: "139", after: "" },
      { name: "customers", before: '["a"]', after: "[]" },
      { name: "grade", before: "", after: "senior" },
    ]);
  });
});
