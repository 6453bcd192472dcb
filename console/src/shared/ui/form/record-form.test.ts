import { describe, expect, it } from "vitest";
import { ApiProblem } from "@shared/api/problems";
import type { Ask } from "./ask";
import { missingOf, toldBy, wrongOf } from "./record-form";

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
