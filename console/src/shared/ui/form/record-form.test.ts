import { describe, expect, it } from "vitest";
import { ApiProblem } from "@shared/api/problems";
import type { Ask } from "./ask";
import { missingOf, seenVersion, sinceSeen, toldBy, withoutVersion, wrongOf } from "./record-form";

const asks: Ask[] = [{ name: "id", says: "", needed: true }, { name: "customers", says: "" }];
const same = (field: string) => field;

describe("a form of a record", () => {
  it("says what is missing", () => {
    expect(missingOf(asks, { id: " ", customers: "" })).toEqual(["id"]);
    expect(missingOf(asks, { id: "li" })).toEqual([]);
  });

  it("says what is wrong at its field, and what belongs to none beside the button", () => {
    const errors = [
      { field: "customers[0]", message: "unknown" },
      { field: "star", message: "odd" },
    ];
    const told = toldBy(new ApiProblem(422, { errors }), asks, same);
    expect([...told.fields]).toEqual([["customers", "unknown"]]);
    expect(told.others).toEqual(["star: odd"]);
  });

  it("says a refusal without fields as it is", () => {
    expect(toldBy(new ApiProblem(403, { detail: "no" }), asks, same).others).toEqual(["no"]);
    expect(toldBy(new Error("away"), asks, same).others).toEqual([]);
  });
});

it("what was said of a field is not said of what is filled in since", () => {
  const told = new Map([["id", "there is one"]]);
  const wrong = { missing: ["customers"], mended: [], told, required: "needed" };
  expect([wrongOf("id", wrong), wrongOf("customers", wrong)]).toEqual(["there is one", "needed"]);
  expect(wrongOf("id", { ...wrong, mended: ["id"] })).toBeUndefined();
  expect(wrongOf("customers", { ...wrong, mended: ["id"] })).toBe("needed");
});

it("what somebody fills in is of the version that was there when they began, whatever is read since", () => {
  const begun = sinceSeen({ name: "a" }, 7);
  const more = sinceSeen({ ...begun, phone: "1" }, 9);
  expect(seenVersion(more, 9)).toBe(7);
  expect(withoutVersion(more)).toEqual({ name: "a", phone: "1" });
  expect(seenVersion(withoutVersion(more), 9)).toBe(9);
  expect(seenVersion(sinceSeen({ name: "a" }, undefined), undefined)).toBeUndefined();
});

it("what somebody else changed meanwhile is said as a sentence, beside the button", () => {
  const error = new ApiProblem(409, { errors: [{ field: "version", message: "changed" }] });
  expect(toldBy(error, asks, same).others).toEqual(["changed"]);
});
