import { describe, expect, it } from "vitest";
import { asks, dataOf, FORMS, missing, presets, type Choice, type Kind, type Offer } from "./fields";
import { newId } from "./queries";
import { ORDER } from "./table";

const choice = (value: string | boolean, more: Partial<Choice> = {}): Choice => ({
  value,
  label: { zh: String(value), en: String(value) },
  possible: true,
  ...more,
});

const offer = (kind: Kind, more: Partial<Offer> = {}, choices: Record<string, Choice[]> = {}): Offer => ({
  kind,
  possible: true,
  seen_by_customer: false,
  seen_fields: [],
  recorded: false,
  needs: { choices },
  ...more,
});

const paths = (asked: Offer) => asks(asked, {}).map(({ path }) => path);

describe("the form of a command", () => {
  it.each(ORDER)("%s says all that it must once every question is answered", (kind) => {
    const asked = offer(kind, { recorded: FORMS[kind].fields.some(({ name }) => name === "on_behalf") });
    const filled = Object.fromEntries(
      asks(asked, {}).map((ask) => [ask.path, ask.choices?.[0] ?? (ask.type === "instant" ? "2026-11-26T18:00" : "1")]),
    );
    expect(missing(asked, filled)).toEqual([]);
    const data = dataOf(asked, filled);
    for (const field of FORMS[kind].fields.filter(({ required }) => required)) expect(data).toHaveProperty(field.name);
    expect(JSON.stringify(data)).not.toMatch(/undefined|null/);
  });

  it("asks of a report that turns out to be another customer's who is called for it, and at what level", () => {
    expect(paths(offer("identify"))).toEqual(expect.arrayContaining(["customer", "contract", "contact.name", "contact.phone", "level"]));
  });

  it("leaves out what nobody filled in, and says which of it is needed", () => {
    expect(dataOf(offer("depart"), { text: "  " })).toEqual({});
    expect(missing(offer("advance"), { stage: "onsite", reason: " " })).toEqual(["reason"]);
  });

  it("sends facts as the API has them, and those alone that were changed", () => {
    const choices = { "facts.supplied": [choice(true), choice(false)], "facts.cause": [choice("own")] };
    expect(dataOf(offer("classify", {}, choices), { "facts.supplied": "false" })).toEqual({ facts: { supplied: false } });
  });

  it("takes times as Beijing's", () => {
    expect(dataOf(offer("book"), { at: "2026-11-26T18:00", text: "约好了" })).toEqual({
      at: "2026-11-26T18:00:00+08:00",
      text: "约好了",
    });
  });

  it("means the last part that fits, unless somebody says otherwise", () => {
    const parts = [choice("p1"), choice("p2"), choice("p3", { possible: false })];
    expect(presets(offer("reserve_part", {}, { part: parts }))).toEqual({ part: "p2" });
  });

  it("asks who of the customer said so only where somebody else records it", () => {
    expect(paths(offer("confirm"))).toEqual(["text"]);
    expect(paths(offer("confirm", { recorded: true }))).toEqual(["text", "on_behalf.name", "on_behalf.channel", "on_behalf.evidence"]);
  });

  it("asks of a consent what its subject can be asked", () => {
    const subject = [choice("001-10", { kinds: ["resolve"] }), choice("paid_work", { kinds: [], withdraw: true })];
    const names = (about: string) => asks(offer("consent", {}, { subject }), { subject: about }).map(({ name }) => name);
    expect(names("")).toEqual(["subject", "text", "evidence"]);
    expect(names("001-10")).toEqual(["subject", "text", "kind", "until", "evidence"]);
    expect(names("paid_work")).toEqual(["subject", "text", "agreed", "evidence"]);
  });

  it("answers the version that was read, whatever has come since", () => {
    const needs = { choices: {}, application: { version: 4 } as Offer["needs"]["application"] };
    expect(dataOf({ ...offer("approve"), needs } as Offer, { opinion: "同意" }, 3)).toEqual({ opinion: "同意", version: "3" });
  });
});

it("ids are random UUIDs", () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});
