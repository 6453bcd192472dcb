import { expect, it } from "vitest";
import { lateBeside } from "./late";

const NOW = Date.parse("2026-11-26T06:00:00Z");
const due = (at: string) => ({ key: "arrive", due_at: at }) as never;

it("a broken promise is told of where the clock is of another one, or of none", () => {
  expect(lateBeside({ late: 1, next_due: due("2026-11-26T06:30:00Z") }, NOW)).toBe(1);
  expect(lateBeside({ late: 1, next_due: null }, NOW)).toBe(1);
  expect(lateBeside({ late: 2, next_due: due("2026-11-26T05:30:00Z") }, NOW)).toBe(1);
  expect(lateBeside({ late: 1, next_due: due("2026-11-26T05:30:00Z") }, NOW)).toBe(0);
  expect(lateBeside({ next_due: null }, NOW)).toBe(0);
});
