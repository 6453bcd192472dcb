import { expect, it } from "vitest";
import { rightsIn, rightsOf } from "./rights";

it("a token is offered what its person's role has, the least first", () => {
  expect(rightsOf({ role: "hotline", may_open: true, may_read: true, commands: ["respond"] })).toEqual(["wall", "telephone", "read", "open", "work", "all"]);
  expect(rightsOf({ role: "auditor", may_open: false, may_read: true, commands: [] })).toEqual(["wall", "read", "all"]);
  expect(rightsOf({ role: "administrator", may_open: false, may_read: false, commands: [] })).toEqual(["telephone", "read", "administer", "all"]);
});

it("scopes have one name in whatever order they come, or none", () => {
  expect(rightsIn(["command", "read", "open"])).toBe("work");
  expect(rightsIn(["command"])).toBeUndefined();
});
