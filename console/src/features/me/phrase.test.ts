import { expect, it } from "vitest";
import { FORMS } from "@shared/commands/fields";
import { formOf, givenBy, writtenIn } from "./phrase";

const PHRASE = { id: "p", title: "远程前说明", text: "您好", shared: true, kinds: ["note", "respond"], version: 2, own: true, owner_name: "李建国" };

it("a phrase comes out of its form as it went in", () => {
  expect(givenBy(formOf(PHRASE))).toEqual({ title: "远程前说明", text: "您好", shared: true, kinds: ["note", "respond"] });
});

it("a phrase is for the commands in which somebody writes, and keeps those that others chose", () => {
  expect(writtenIn(FORMS, ["note", "resume", "depart"], "approve")).toEqual(expect.arrayContaining(["note", "approve"]));
  expect(writtenIn(FORMS, ["note", "classify"], "note").filter((kind) => kind === "note")).toHaveLength(1);
});
