import { describe, expect, it } from "vitest";
import { cursorOf } from "./listed";

describe("the next page of a list", () => {
  it("begins where its address says", () => {
    expect(cursorOf("/api/people?text=%E6%9D%8E&cursor=WyJsaSJd")).toBe("WyJsaSJd");
  });

  it("is not there behind the last one", () => {
    expect(cursorOf(undefined)).toBeUndefined();
    expect(cursorOf(null)).toBeUndefined();
  });
});
