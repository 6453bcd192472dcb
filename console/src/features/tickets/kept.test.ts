import { expect, it } from "vitest";
import { movedUp, nextPosition } from "./kept";

const view = (id: string, position: number, own = true) => ({ id, position, own });
const places = (moved: ReturnType<typeof movedUp>) => moved.map(({ view: { id }, position }) => [id, position]);

it("a new one stands behind one's own, wherever colleagues have theirs", () => {
  expect(nextPosition([])).toBe(0);
  expect(nextPosition([view("a", 4), view("b", 2), view("c", 90, false)])).toBe(5);
});

it("one comes a place earlier, and of the others only what must moves", () => {
  expect(places(movedUp([view("a", 0), view("b", 1), view("c", 2)], "c"))).toEqual([["c", 1], ["b", 2]]);
});

it("what was made elsewhere at one and the same place is put in order", () => {
  expect(places(movedUp([view("a", 0), view("b", 0), view("c", 0)], "b"))).toEqual([["a", 1], ["c", 2]]);
});

it("the first stays the first, and what is gone moves nothing", () => {
  expect(movedUp([view("a", 0), view("b", 1)], "a")).toEqual([]);
  expect(movedUp([view("a", 0), view("b", 1)], "z")).toEqual([]);
});
