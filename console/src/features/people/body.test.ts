import { describe, expect, it } from "vitest";
import { changesOf, listOf, newPerson, valuesOf } from "./body";
import type { Person } from "./queries";

const li: Person = {
  id: "li",
  name: "李建国",
  role: "engineer",
  department: null,
  customers: [],
  organisation: "service",
  phone: "139",
  email: null,
  grade: "senior",
  active: true,
  version: 1,
  also: [],
  told_apart: ["wang", "zhao"],
};

describe("a person", () => {
  it("is new with what was filled in, and nothing else", () => {
    const values = { id: " liu ", name: "刘", role: "customer_approver", customers: "bank；post", phone: "", grade: "" };
    expect(newPerson(values)).toEqual({ id: "liu", name: "刘", role: "customer_approver", customers: ["bank", "post"] });
  });

  it("is changed in what is another than it was", () => {
    const before = valuesOf(li);
    expect(changesOf(before, before)).toEqual({});
    expect(changesOf(before, { ...before, phone: "", told_apart: "wang", name: "李建国 " })).toEqual({
      phone: null,
      told_apart: ["wang"],
    });
  });

  it("has lists as people write them", () => {
    expect(listOf("a; b；c、d e,")).toEqual(["a", "b", "c", "d", "e"]);
  });
});
