import { describe, expect, it } from "vitest";
import { allOrNone, MOST_SELECTED, ranged, toggled } from "./selection";

const order = Array.from({ length: 300 }, (_, place) => `N${place}`);

describe("a selection", () => {
  it("takes a ticket and gives it back", () => {
    expect([...toggled(new Set(["A"]), "B")]).toEqual(["A", "B"]);
    expect([...toggled(new Set(["A", "B"]), "A")]).toEqual(["B"]);
  });

  it("takes what stands between two places, upwards too, beside what it has", () => {
    expect([...ranged(new Set(["Z"]), order, 2, 4)]).toEqual(["Z", "N2", "N3", "N4"]);
    expect([...ranged(new Set(), order, 4, 2)]).toEqual(["N4", "N3", "N2"]);
  });

  it("takes no more than can be acted on at once", () => {
    const full = allOrNone(new Set(), order);
    expect(full.size).toBe(MOST_SELECTED);
    expect(toggled(full, "N200").size).toBe(MOST_SELECTED);
    expect(toggled(full, "N0").size).toBe(MOST_SELECTED - 1);
    expect(ranged(new Set(), order, 0, 299).size).toBe(MOST_SELECTED);
    expect(allOrNone(full, order).size).toBe(0);
  });
});
