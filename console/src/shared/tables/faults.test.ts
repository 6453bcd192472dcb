import { describe, expect, it } from "vitest";
import { faultOf, formOf } from "./faults";

describe("what is wrong with a table", () => {
  it("is said by its row and its column", () => {
    expect(faultOf({ field: "rows[7].role", message: "no" })).toEqual({ row: 7, column: "role", message: "no" });
    expect(faultOf({ field: "rows[7]", message: "no" })).toEqual({ row: 7, column: "", message: "no" });
  });

  it("or of the whole file", () => {
    expect(faultOf({ field: "body", message: "no" })).toEqual({ row: undefined, column: "", message: "no" });
  });
});

describe("a file", () => {
  it("is what the browser says, else what its name ends in", () => {
    expect(formOf("x.csv", "application/vnd.ms-excel")).toBe("application/vnd.ms-excel");
    expect(formOf("名单.XLSX", "")).toMatch(/sheet$/);
    expect(formOf("x.csv", "")).toBe("text/csv");
  });
});
