import { expect, it } from "vitest";
import { agoOf, answerOf, occurredAt } from "./stated";

const CHOSEN = Date.parse("2026-11-26T06:05:00Z");
const MINUTE = 60_000;

it("a little ago is an instant from when it is chosen, however late it is sent", () => {
  const value = agoOf(CHOSEN);
  expect(occurredAt(value)).toBe("2026-11-26T06:00:00.000Z");
  expect(answerOf(value, CHOSEN)).toEqual({ is: "ago", at: "2026-11-26T14:00" });
});

it("and a draft that is opened an hour later says the time", () => {
  expect(answerOf(agoOf(CHOSEN), CHOSEN + 60 * MINUTE)).toEqual({ is: "at", at: "2026-11-26T14:00" });
});

it("now says nothing, and another time is Beijing's", () => {
  expect(answerOf("", CHOSEN).is).toBe("now");
  expect(occurredAt("")).toBeUndefined();
  expect(occurredAt("2026-11-26T14:00")).toBe("2026-11-26T14:00:00+08:00");
});
