import "fake-indexeddb/auto";
import { beforeEach, expect, it, vi } from "vitest";
import { notes } from "./outbox/store";
import type { Pack, Seen } from "./queries";
import { readPacks } from "./reading";
import { change, now } from "./state";

// The API is beside the page, and the client asks where that is as soon as it is read.
vi.hoisted(() => vi.stubGlobal("location", { origin: "http://127.0.0.1" }));

const answer = (status: number, told: object) => Response.json(told, { status, headers: { "x-request-id": "r" } });
const pack = (id: string, level: string, en: string) => ({ id, levels: [{ id: level, zh: en, en }] }) as unknown as Pack;
const of = (number: string, by: string, level: string | null) => ({ ticket: { number, pack: by, level } }) as unknown as Seen;
const names = () => now().packs.flatMap(({ levels }) => levels.map(({ en }) => en));

let served: Pack[] | undefined;
let came = 0;

beforeEach(() => {
  came = 0;
  vi.stubGlobal("fetch", () => {
    came += 1;
    return Promise.resolve(served === undefined ? answer(503, {}) : answer(200, { items: served }));
  });
});

it("levels are called as packs call them now, once for each page and each day, and as they were kept until somebody answers", async () => {
  change({ packs: [pack("sitech", "A", "old")], tickets: [of("1", "sitech", "A"), of("2", "sitech", null)] });
  served = undefined;
  await expect(readPacks()).rejects.toThrow();
  expect(names()).toEqual(["old"]);
  served = [pack("sitech", "A", "new")];
  await readPacks();
  await readPacks();
  expect([names(), came]).toEqual([["new"], 2]);
  expect(await notes.get("packs")).toEqual(now().packs);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 24 * 3_600_000 });
  served = [pack("sitech", "A", "newer")];
  await readPacks();
  expect(names()).toEqual(["newer"]);
  vi.useRealTimers();
});

it("a level that has no name here is asked for, and once where nobody has one", async () => {
  change({ packs: [pack("sitech", "A", "first")], tickets: [of("1", "sitech", "A"), of("3", "xinhe", "1"), of("4", "gone", "1")] });
  served = [pack("sitech", "A", "first"), pack("xinhe", "1", "second")];
  await readPacks();
  await readPacks();
  expect([names(), came]).toEqual([["first", "second"], 1]);
});
