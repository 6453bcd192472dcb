import { describe, expect, it } from "vitest";
import { later } from "@shared/clock/days";
import { isDay, mondayOf, piecesOf } from "./week";

describe("a week", () => {
  it("begins on Monday, as Beijing has days", () => {
    expect(mondayOf(Date.parse("2026-11-26T06:00:00Z"))).toBe("2026-11-23");
    expect(mondayOf(Date.parse("2026-11-22T15:59:00Z"))).toBe("2026-11-16");
    expect(mondayOf(Date.parse("2026-11-22T16:00:00Z"))).toBe("2026-11-23");
    expect(later("2026-12-28", 7)).toBe("2027-01-04");
  });

  it("is named by a day that there is", () => {
    expect([isDay("2026-11-23"), isDay("2026-13-01"), isDay("x"), isDay(null)]).toEqual([true, false, false, false]);
  });
});

describe("a shift over midnight", () => {
  const shift = { id: "s", begins_at: "2026-11-23T20:00:00+08:00", ends_at: "2026-11-24T08:00:00+08:00" };

  it("stands in both days, with its part of each", () => {
    expect(piecesOf([shift], "2026-11-23")).toEqual([{ of: shift, from: "20:00", to: "24:00" }]);
    expect(piecesOf([shift], "2026-11-24")).toEqual([{ of: shift, from: "00:00", to: "08:00" }]);
    expect(piecesOf([shift], "2026-11-25")).toEqual([]);
  });

  it("stands behind what begins before it", () => {
    const early = { id: "e", begins_at: "2026-11-23T08:00:00+08:00", ends_at: "2026-11-23T20:00:00+08:00" };
    expect(piecesOf([shift, early], "2026-11-23").map((each) => each.of.id)).toEqual(["e", "s"]);
  });
});
