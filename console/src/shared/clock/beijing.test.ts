import { afterEach, describe, expect, it } from "vitest";
import { clock, moment, second } from "./beijing";
import { forget, heard, offset } from "./server";

const NOW = Date.parse("2026-11-26T06:02:00Z");

describe("a time", () => {
  it("is Beijing's, whatever the zone of this machine", () => {
    expect(clock("2026-11-26T06:02:00Z")).toBe("14:02");
    expect(clock("2026-11-25T23:59:00-05:00")).toBe("12:59");
  });

  it("is told to the second where it is evidence", () => {
    expect(second("2026-11-25T16:02:09.900Z")).toBe("2026-11-26 00:02:09");
  });

  it("has as much of the date as is not today's", () => {
    expect(moment("2026-11-26T06:01:00Z", NOW)).toBe("14:01");
    expect(moment("2026-11-25T15:59:00Z", NOW)).toBe("11-25 23:59");
    expect(moment("2025-11-26T06:02:00Z", NOW)).toBe("2025-11-26 14:02");
  });
});

describe("the server's clock", () => {
  afterEach(forget);

  it("is the middle one of what its answers told, so that one slow answer moves nothing", () => {
    for (const late of [0, 0, 60_000]) heard("Thu, 26 Nov 2026 06:02:00 GMT", NOW - 180_000 - late, NOW - 180_000 + late);
    heard("Thu, 26 Nov 2026 06:12:00 GMT", NOW - 180_000, NOW - 180_000);
    expect(Math.round(offset() / 60_000)).toBe(3);
  });

  it("is this machine's until an answer has told", () => {
    heard(null, NOW, NOW);
    expect(offset()).toBe(0);
  });
});
