import { describe, expect, it } from "vitest";
import { cursorOf, readAll } from "./listed";

describe("the next page of a list", () => {
  it("begins where its address says", () => {
    expect(cursorOf("/api/people?text=%E6%9D%8E&cursor=WyJsaSJd")).toBe("WyJsaSJd");
  });

  it("is not there behind the last one", () => {
    expect(cursorOf(undefined)).toBeUndefined();
    expect(cursorOf(null)).toBeUndefined();
  });
});

describe("all of a list", () => {
  it("is read a page after the other", async () => {
    const pages: Record<string, { items: number[]; next?: string }> = {
      "": { items: [1, 2], next: "/api/people?cursor=b" },
      b: { items: [3], next: "/api/people?cursor=c" },
      c: { items: [4] },
    };
    expect(await readAll(async (cursor) => pages[cursor ?? ""] ?? { items: [] })).toEqual([1, 2, 3, 4]);
  });
});
