import { describe, expect, it } from "vitest";
import { answeredAt, mayRead, seenAt, type Answered } from "./readable";

const NOON = Date.parse("2026-11-26T04:00:00Z");
const [MINUTE, HOUR] = [60_000, 3_600_000];
const noon = answeredAt("engineer", NOON);

describe("what was read on the phone", () => {
  it.each<[string, Answered | undefined, number, boolean]>([
    ["is there for as long as a session can last", noon, NOON + 12 * HOUR - 1, true],
    ["and no longer", noon, NOON + 12 * HOUR, false],
    ["is not there where nobody knows when the server answered", undefined, NOON, false],
    ["is nobody else's", { ...noon, user: "engineer2" }, NOON, false],
    ["is there while a clock is put right by a minute", seenAt(noon, NOON + 2 * MINUTE), NOON + MINUTE, true],
    ["is not there once a clock was put back", seenAt(noon, NOON + 11 * HOUR), NOON + HOUR, false],
    ["also to before the server answered", noon, NOON - HOUR, false],
  ])("%s", (_, answered, now, may) => {
    expect(mayRead("engineer", answered, now)).toBe(may);
  });

  it("grows no younger by a clock that is put back a little, however often", () => {
    let answered: Answered = noon;
    for (let now = NOON; now < NOON + 12 * HOUR; now += MINUTE) answered = seenAt(seenAt(answered, now), now - MINUTE);
    expect(mayRead("engineer", answered, NOON + 12 * HOUR - 2 * MINUTE)).toBe(true);
    expect(mayRead("engineer", seenAt(answered, NOON + 12 * HOUR), NOON + 12 * HOUR - MINUTE)).toBe(false);
  });

  it("is there anew once the server answers, whatever the clock says by then", () => {
    expect(mayRead("engineer", answeredAt("engineer", NOON - HOUR), NOON - HOUR)).toBe(true);
  });
});
