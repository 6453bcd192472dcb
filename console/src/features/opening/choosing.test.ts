import { describe, expect, it } from "vitest";
import { calledSo, next, taken } from "./choosing";

const known = [
  { id: "north", name: "江北通信" },
  { id: "south", name: "江南 通信" },
];

describe("Enter on a customer's name", () => {
  it("takes whom an arrow points at", () => {
    expect(taken("江", known, next(known, undefined, 1))?.id).toBe("north");
    expect(taken("江", known, next(known, undefined, -1))?.id).toBe("south");
    expect(next(known, "south", 1)).toBe("north");
  });

  it("takes who is called exactly so", () => {
    expect(taken("江南通信 ", known, undefined)?.id).toBe("south");
  });

  it("keeps a name that is but a part of a known one, and takes nobody for an empty field", () => {
    expect(taken("江北", known, undefined)).toBeUndefined();
    expect(taken("", known, undefined)).toBeUndefined();
    expect(taken("", [{ id: "none", name: " " }], undefined)).toBeUndefined();
  });

  it("takes nobody of a list that has no answer yet", () => {
    expect(taken("江北通信", [], "north")).toBeUndefined();
    expect(next([], undefined, 1)).toBeUndefined();
  });

  it("does not choose between two of one name", () => {
    expect(calledSo("江北通信", [...known, { id: "other", name: "江北通信" }])).toBeUndefined();
  });
});
