import { describe, expect, it } from "vitest";
import { isLoud, isMuted, loudSince } from "./sound";

const message = (rung: number | undefined, whom: string, minute = 0) => ({
  grounds: { whom, how: "by_name" },
  data: rung === undefined ? {} : { rung },
  created_at: new Date(minute * 60_000).toISOString(),
});

describe("an alarm is heard", () => {
  it("where a promise is broken, by whoever has to act", () => {
    expect([50, 75, 90, 100, 150].filter((rung) => isLoud(message(rung, "reached")))).toEqual([100, 150]);
    expect(isLoud(message(100, "owner"))).toBe(true);
    expect([message(100, "overseers"), message(100, "contact"), message(undefined, "owner")].some(isLoud)).toBe(false);
  });

  it("once: what came before is not heard again", () => {
    const messages = [message(100, "overseers", 9), message(150, "owner", 7), message(100, "owner", 3)];
    expect(loudSince(messages, 0)).toBe(7 * 60_000);
    expect(loudSince(messages, 7 * 60_000)).toBeUndefined();
    expect(loudSince([], 0)).toBeUndefined();
  });

  it("by nobody who wants none, or none for an hour", () => {
    expect(isMuted({ sound: false, mutedUntil: 0 }, 5)).toBe(true);
    expect([4, 5, 6].map((now) => isMuted({ sound: true, mutedUntil: 5 }, now))).toEqual([true, false, false]);
  });
});
