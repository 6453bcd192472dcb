import { describe, expect, it } from "vitest";
import { budgetOf } from "./budget";

describe("what a promise gives us", () => {
  it("is hours and minutes", () => {
    expect(budgetOf("PT10M")).toEqual({ unit: "time", hours: 0, minutes: 10 });
    expect(budgetOf("PT24H")).toEqual({ unit: "time", hours: 24, minutes: 0 });
    expect(budgetOf("PT1H30M")).toEqual({ unit: "time", hours: 1, minutes: 30 });
  });

  it("or days", () => {
    expect(budgetOf(3)).toEqual({ unit: "days", days: 3 });
  });
});
