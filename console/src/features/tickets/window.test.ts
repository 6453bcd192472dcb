import { describe, expect, it } from "vitest";
import { ahead, anchored, bringIn, MOST, PAGE, slotsOf, stepped, windowOf } from "./window";

const sight = (top: number) => ({ top, height: 600, row: 40 });

describe("the window of a list", () => {
  it("is what can be seen and a little around it, within the list", () => {
    expect(windowOf(sight(0), 10_000)).toEqual({ from: 0, to: 19 });
    expect(windowOf(sight(200_020), 10_000)).toEqual({ from: 4996, to: 5020 });
    expect(windowOf(sight(399_400), 10_000)).toEqual({ from: 9981, to: 10_000 });
    expect(windowOf(sight(8000), 3)).toEqual({ from: 3, to: 3 });
  });

  it("never draws many rows", () => {
    const { from, to } = windowOf({ top: 12_345, height: 1400, row: 32 }, 10_000);
    expect(to - from).toBeLessThanOrEqual(62);
  });
});

it("has elements for every row of a window, wherever it is scrolled to, and for hardly one more", () => {
  for (const [height, row] of [[600, 40], [1400, 32], [613, 76]] as const) {
    const sizes = Array.from({ length: 400 }, (_, px) => windowOf({ top: 8000 + px, height, row }, 10_000)).map(({ from, to }) => to - from);
    expect(slotsOf({ top: 0, height, row }) - Math.max(...sizes)).toBe(0);
  }
});

describe("what is fetched", () => {
  it("is a page ahead of the eye", () => {
    expect(ahead(20, 200, true)).toBe(PAGE);
    expect(ahead(20, 400, true)).toBe(0);
    expect(ahead(20, 20, false)).toBe(0);
  });

  it("is more at once for somebody who jumps, and never more than is kept", () => {
    expect(ahead(5000, 200, true)).toBe(1000);
    expect(ahead(MOST, MOST - 100, true)).toBe(100);
    expect(ahead(MOST, MOST, true)).toBe(0);
  });
});

describe("scrolling", () => {
  it("brings a row in by as little as it takes", () => {
    expect(bringIn(3, sight(0))).toBe(0);
    expect(bringIn(15, sight(0))).toBe(40);
    expect(bringIn(2, sight(200))).toBe(80);
  });

  it("puts a row where it stood", () => {
    expect(anchored(50, 120, 40)).toBe(1880);
    expect(anchored(1, 120, 40)).toBe(0);
  });

  it("steps within the list", () => {
    expect([stepped(0, -1, 5), stepped(3, 1, 5), stepped(4, 1, 5)]).toEqual([0, 4, 4]);
  });
});
