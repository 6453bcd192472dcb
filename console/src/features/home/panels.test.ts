import { expect, it } from "vitest";
import { panelsOf } from "./panels";

const NOW = Date.parse("2026-11-26T06:00:00Z");
const ids = (role: Parameters<typeof panelsOf>[0]) => panelsOf(role, NOW).map(({ id }) => id);

it("somebody sees first what is late, what is soon, what is theirs, and what waits for people like them", () => {
  expect(ids("hotline")).toEqual(["late", "soon", "mine", "approval"]);
  expect(ids("supervisor")).toEqual(["late", "soon", "mine", "survey"]);
  expect(ids("stock_keeper").at(-1)).toBe("part");
  expect(ids("expert").at(-1)).toBe("consultation");
});

it("what is late is so by the server's clock", () => {
  expect(panelsOf("hotline", NOW)[0]?.asked.due_before).toBe("2026-11-26T06:00:00.000Z");
});
