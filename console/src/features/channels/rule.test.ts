import { expect, it } from "vitest";
import { begunBy, givenBy } from "./rule";

const RULE = { first: ["mail"], second: ["webhook", "wecom"], after_min: 5, fixed: true, quiet: false } as const;

it("a rule that nobody changes in its form is the same rule", () => {
  const rule = { ...RULE, first: [...RULE.first], second: [...RULE.second] };
  expect(givenBy(begunBy(rule))).toEqual(rule);
});

it("by a channel that stands first nothing leaves a second time, and where no time is said it is ten minutes", () => {
  expect(givenBy({ first: "mail webhook", second: "webhook wecom", after_min: " " })).toMatchObject({ second: ["wecom"], after_min: 10 });
});
