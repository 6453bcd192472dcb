import { describe, expect, it } from "vitest";
import { distinct, kept, series } from "./table";

describe("a series", () => {
  const items = [
    { month: "2026-01", met: 2 },
    { month: "2026-03", met: 1 },
    { month: "2026-01", met: 3 },
  ];
  it("adds up what has the same place, and has a 0 where there is nothing", () => {
    expect(series(items, ["2026-01", "2026-02", "2026-03"], (each) => each.month, (each) => each.met)).toEqual([5, 0, 1]);
  });
  it("has each place once", () => {
    expect(distinct(items, (each) => each.month)).toEqual(["2026-01", "2026-03"]);
  });
});

describe("what was kept", () => {
  it("counts what is decided", () => {
    expect(kept({ met: 3, late: 1, breached: 0 })).toBe("75.0 %");
    expect(kept({ met: 0, late: 0, breached: 0 })).toBe("");
  });
});
