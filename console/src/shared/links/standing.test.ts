import { expect, it } from "vitest";
import { instantOf, standing } from "./standing";

const GIVEN = { used_at: null, revoked_at: null, is_asked: true, expires_at: "2026-11-28T14:00:00+08:00" };
const NOW = Date.parse("2026-11-27T14:00:00+08:00");

it("a link lives until its last instant", () => {
  const end = Date.parse(GIVEN.expires_at);
  expect([standing(GIVEN, NOW), standing(GIVEN, end - 1), standing(GIVEN, end)]).toEqual(["live", "live", "expired"]);
});

it("lives no more once its question has been answered otherwise", () => {
  expect(standing({ ...GIVEN, is_asked: false }, NOW)).toBe("needless");
});

it("what was used stays so, whatever ended it since, and says when that was", () => {
  const used = { ...GIVEN, used_at: "2026-11-27T13:00:00+08:00", revoked_at: "2026-11-27T13:30:00+08:00" };
  expect([standing(used, NOW), instantOf(used)]).toEqual(["used", used.used_at]);
});

it("what somebody revoked, or a newer one replaced, lives no more", () => {
  const ended = { ...GIVEN, revoked_at: "2026-11-27T13:30:00+08:00" };
  expect([standing(ended, NOW), instantOf(ended)]).toEqual(["ended", ended.revoked_at]);
});
