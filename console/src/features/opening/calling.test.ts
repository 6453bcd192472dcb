import { describe, expect, it } from "vitest";
import { isOfTheCall } from "./calling";

describe("a report that is taken of a call", () => {
  it("is of whoever called, by their number", () => {
    expect(isOfTheCall("13800001234", " 13800001234 ")).toBe(true);
    expect(isOfTheCall("13800001234", "13900000000")).toBe(false);
  });
  it("is of whoever withheld it, whatever number they gave since", () => {
    expect(isOfTheCall("", "13800001234")).toBe(true);
  });
  it("is of no call where none led here", () => {
    expect(isOfTheCall(null, "13800001234")).toBe(false);
  });
});
