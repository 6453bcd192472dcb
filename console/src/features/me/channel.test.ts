import { expect, it } from "vitest";
import { begunBy, givenBy, refusable } from "./channel";
import type { Channels } from "./queries";

const FOUND: Channels = {
  quiet_from: "22:00",
  quiet_until: "07:00",
  refused: ["know/mail"],
  channels: [
    { urgency: "now", first: ["mail"], second: [], after_min: 10, fixed: true, quiet: false },
    { urgency: "know", first: ["mail"], second: ["webhook", "mail"], after_min: 10, fixed: false, quiet: true },
  ],
};

it("what somebody would rather have comes out of its form as it went in", () => {
  const { quiet_from, quiet_until, refused } = FOUND;
  expect(givenBy(begunBy(FOUND))).toEqual({ quiet_from, quiet_until, refused });
  expect(givenBy({})).toEqual({ quiet_from: null, quiet_until: null, refused: [] });
});

it("what the company has fixed is nobody's to refuse, and each channel is offered once", () => {
  expect(refusable(FOUND)).toEqual(["know/mail", "know/webhook"]);
});
