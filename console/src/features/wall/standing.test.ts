import { expect, it } from "vitest";
import { gravest, isBrokenSince, isQuiet, STILL_MS, stoodSince } from "./standing";

it("a wall stands still once it has heard nothing for a minute", () => {
  expect(stoodSince(1000, 1000 + STILL_MS)).toBeUndefined();
  expect(stoodSince(1000, 1001 + STILL_MS)).toBe(1000);
  expect(stoodSince(0, 10 * STILL_MS)).toBeUndefined(); // it has not begun
});

it("looks for a new build at four in Beijing alone", () => {
  const times = ["19:59:59Z", "20:00:00Z", "20:00:59Z", "20:01:00Z", "04:00:00Z"];
  expect(times.map((time) => isQuiet(Date.parse(`2026-11-26T${time}`)))).toEqual([false, true, true, false, false]);
});

const broken = (count: number) => ({ breaches_today: count });
const level = (place: number | null, tickets: number) => ({ level: null, place, tickets });

it("sounds for a promise that was broken while it was there", () => {
  expect(isBrokenSince(undefined, broken(3))).toBe(false);
  expect(isBrokenSince(broken(3), broken(3))).toBe(false);
  expect(isBrokenSince(broken(3), broken(4))).toBe(true);
  expect(isBrokenSince(broken(3), broken(0))).toBe(false); // midnight
});

it("counts the gravest level of each contract", () => {
  expect(gravest({ open: [level(0, 2), level(1, 5), level(0, 1), level(null, 7)] })).toBe(3);
});
