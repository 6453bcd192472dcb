import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { act } from "../outbox/sample";
import { drafts } from "../outbox/store";
import { refill, valuesOf } from "./refill";

it("a form is filled in anew by the paths of its inputs, parts of a field and instants too", () => {
  const data = { level: "A", facts: { cause: "hardware", major: "true" } };
  expect(valuesOf("classify", act("a", "N", { data }))).toMatchObject({ level: "A", "facts.cause": "hardware", "facts.major": "true" });
  expect(valuesOf("book", { data: { at: "2026-11-26T06:00:00Z" }, at: "2026-11-26T05:00:00Z" })).toMatchObject({ at: "2026-11-26T14:00" });
});

it("what was refused is begun anew beside what else of its kind is begun, a report too", async () => {
  await drafts.put("engineer", "N", "note", { values: { text: "begun" }, files: [] });
  expect(await refill(act("a", "N", { data: { text: "refused" } }))).toBe("/m/t/N#note/a");
  expect((await drafts.get("engineer", "N", "note"))?.values).toEqual({ text: "begun" });
  expect((await drafts.get("engineer", "N", "note/a"))?.values).toMatchObject({ text: "refused" });
  expect(await refill(act("b", "b", { kind: "open", filled: { customer: "江北通信" } }))).toBe("/m/call#b");
  expect((await drafts.get("engineer", "b", "open/b"))?.values).toEqual({ customer: "江北通信" });
});
