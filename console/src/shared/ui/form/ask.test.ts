import { expect, it } from "vitest";
import { withAll } from "./ask";

const known = [{ value: "sitech", says: "思特奇" }];

it("a list is narrowed by all, by one of those that are known, or by what an address names beside them", () => {
  expect(withAll("全部", known, "sitech").map(({ value }) => value)).toEqual(["", "sitech"]);
  expect(withAll("全部", known, "old").at(-1)).toEqual({ value: "old", says: "old" });
});
