import { describe, expect, it } from "vitest";
import type { Offer } from "./fields";
import { isOvertaken, seenAfter, seenOf } from "./seen";

const offer = (kind: string, version?: number) =>
  ({ kind, needs: { choices: {}, ...(version === undefined ? {} : { application: { version } }) } }) as unknown as Offer;

describe("what somebody had before them", () => {
  it("is the version that they read, where they answer one", () => {
    expect(seenOf(7, offer("approve", 2))).toEqual({ seq: 7, version: 2 });
    expect(seenOf(7, offer("apply_major", 2))).toEqual({ seq: 7, version: undefined });
  });

  it("is overtaken by another version, whatever else happens", () => {
    const seen = seenOf(7, offer("approve", 1));
    expect(isOvertaken("approve", seen, seenOf(9, offer("approve", 1)))).toBe(false);
    expect(isOvertaken("approve", seen, seenOf(8, offer("approve", 2)))).toBe(true);
  });

  it("is overtaken by any entry where the whole ticket is judged, and by none where it is not", () => {
    expect(isOvertaken("resolve", seenOf(7, offer("resolve")), seenOf(8, offer("resolve")))).toBe(true);
    expect(isOvertaken("note", seenOf(7, offer("note")), seenOf(8, offer("note")))).toBe(false);
  });

  it("takes in the entry of one's own refusal, and nothing behind it", () => {
    const seen = seenAfter({ seq: 7, version: 1 }, { reason: "not_classified", seq: 8 }, { seq: 9, version: 2 });
    expect(seen).toEqual({ seq: 8, version: 1 });
    expect(isOvertaken("resolve", seen, { seq: 8, version: 1 })).toBe(false);
    expect(isOvertaken("resolve", seen, { seq: 9, version: 1 })).toBe(true);
  });

  it("is the newest once a refusal has said that there is something newer", () => {
    expect(seenAfter({ seq: 7, version: 1 }, { reason: "another_version", seq: 9 }, { seq: 9, version: 2 })).toEqual({ seq: 9, version: 2 });
    // The offers may come after the refusal.
    expect(seenAfter({ seq: 7, version: undefined }, { reason: "stale", seq: 9 }, { seq: 7, version: undefined }).seq).toBe(9);
  });
});
