import { expect, it } from "vitest";
import { panelsOf } from "./panels";

const ids = (role: Parameters<typeof panelsOf>[0]) => panelsOf(role).map(({ id }) => id);

it("somebody sees first what is late, what is soon, what is theirs, and what waits for people like them", () => {
  expect(ids("hotline")).toEqual(["late", "soon", "mine", "approval"]);
  expect(ids("supervisor")).toEqual(["late", "soon", "mine", "survey"]);
  expect(ids("stock_keeper").at(-1)).toBe("part");
  expect(ids("expert").at(-1)).toBe("consultation");
});
