import { describe, expect, it } from "vitest";
import { left } from "./left";

const at = (minutes: number) => left(minutes * 60_000, 0);

describe("what is left of a promise", () => {
  it.each([
    [61, "calm", "hoursMinutes"],
    [60, "soon", "hours"],
    [31, "soon", "minutes"],
    [30, "near", "minutes"],
    [5, "near", "minutes"],
    [4.5, "near", "seconds"],
    [0, "near", "seconds"],
    [-1, "late", "over"],
    [-65, "late", "overHours"],
    [3000, "calm", "days"],
  ] as const)("at %d minutes is %s, said in %s", (minutes, gravity, says) => {
    expect(at(minutes)).toMatchObject({ gravity, says });
  });

  it("counts on below zero", () => {
    expect(at(-65)).toMatchObject({ hours: 1, minutes: 5 });
    expect(at(-66)).toMatchObject({ hours: 1, minutes: 6 });
  });

  it("has seconds of two digits", () => {
    expect(left(249_000, 0).clock).toBe("4:09");
  });
});
