import { describe, expect, it } from "vitest";
import type { Offer } from "@shared/commands/fields";
import type { Entry } from "@shared/timeline/entries";
import { answersTo, beside, stillAsked, waitingFor, writtenOf } from "./answers";

const offer = (kind: Offer["kind"], possible = true, choices: Offer["needs"]["choices"] = {}) => ({ kind, possible, needs: { choices } }) as Offer;
const choice = (value: string, possible = true) => ({ value, possible, label: { zh: value, en: value } });
const entry = (seq: number, data: object) => ({ seq, data }) as Entry;

describe("what waits for somebody outside", () => {
  it("is what is asked and what one of their commands answers, each once", () => {
    const contact = new Set(["grant_remote", "refuse_remote", "confirm", "agree_change"]);
    expect(waitingFor(["confirmation", "remote_grant", "approval"], (kind) => contact.has(kind))).toEqual(["remote_grant", "confirmation"]);
    expect(waitingFor(["approval"], (kind) => kind === "approve")).toEqual(["approval"]);
    expect(waitingFor([], () => true)).toEqual([]);
  });

  it("leaves all else that they may do beside it, once", () => {
    const offers = [offer("note"), offer("reopen", false), offer("grant_remote"), offer("book")];
    expect(beside(offers, ["remote_grant"]).map(({ kind }) => kind)).toEqual(["note", "book"]);
    expect(beside(offers, []).map(({ kind }) => kind)).toEqual(["note", "book", "grant_remote"]);
  });
});

describe("what somebody was writing as it was answered otherwise", () => {
  it("is what they typed, and nothing of what they only chose or have sent", () => {
    const values = { opinion: " 同意今晚执行 ", version: "1" };
    expect(writtenOf("approve", { values })).toBe("同意今晚执行");
    expect(writtenOf("approve", { values: { opinion: " " } })).toBeUndefined();
    expect(writtenOf("approve", { values, sent: { command_id: "1", kind: "approve", data: {} } })).toBeUndefined();
    expect(writtenOf("approve", undefined)).toBeUndefined();
  });
});

describe("what answers", () => {
  const both = [
    { ...choice("C1"), states: ["agreed", "made", "large"] },
    { ...choice("C2"), states: ["large"] },
  ];
  const offers = [offer("agree_change", true, { change: both.slice(1) }), offer("refuse_change", true, { change: both }), offer("confirm")];
  const chosen = (word: Parameters<typeof answersTo>[0]) =>
    answersTo(word, offers).map(({ kind, needs }) => [kind, (needs.choices["change"] ?? []).map(({ value }) => value)]);

  it("is of the card alone in which it stands", () => {
    expect(chosen("change_agreement")).toEqual([
      ["agree_change", ["C2"]],
      ["refuse_change", ["C2"]],
    ]);
    expect(chosen("change_acceptance")).toEqual([["refuse_change", ["C1"]]]);
    expect(chosen("confirmation")).toEqual([["confirm", []]]);
  });
});

describe("the words that ask", () => {
  it("are those of every record that can still be answered", () => {
    const answers = [offer("agree_part", true, { part: [choice("P1", false), choice("P2"), choice("P3")] })];
    const entries = [entry(9, { part: "P3" }), entry(7, { part: "P2" }), entry(4, { part: "P1" })];
    expect(stillAsked("part_agreement", entries, answers).map(({ seq }) => seq)).toEqual([9, 7]);
  });

  it("are the last ones, where it is asked once at a time", () => {
    expect(stillAsked("remote_grant", [entry(9, {}), entry(4, {})], []).map(({ seq }) => seq)).toEqual([9]);
    expect(stillAsked("remote_grant", [], [])).toEqual([]);
  });
});
