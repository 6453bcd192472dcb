import { expect, it } from "vitest";
import { kindOf, numbersBeside, numbersIn, questionOf, rowsOf } from "./asked";
import type { Comparison } from "./queries";

it("numbers are found however people write them, each once", () => {
  expect(numbersIn("6X79 2M25， ea65bbbb、6x792m25\n")).toEqual(["6X792M25", "EA65BBBB"]);
  expect(numbersIn("6X79 2M2")).toEqual(["6X792M2"]); // whoever knows them says what is wrong
  expect(numbersIn(" ")).toEqual([]);
});

const of = (address: string, edited?: string) => questionOf(new URLSearchParams(address), edited);

it("nothing is asked as long as something lacks", () => {
  expect(of("numbers=6X792M25")).toBeUndefined();
  expect(of("contract=sitech")).toBeUndefined();
  expect(of("numbers=6X792M25&contract=sitech")).toEqual({ numbers: ["6X792M25"], contract: "sitech" });
  expect(of("numbers=6X792M25&contract=sitech&other=+c-1+")).toEqual({ numbers: ["6X792M25"], contract: "c-1" });
  expect(of("numbers=6X792M25&contract=sitech", "x = 1")?.edited).toBe("x = 1");
});

it("a sheet has a row for each promise", () => {
  const tickets = [{ number: "6X792M25", promises: [{ key: "respond" }, { key: "arrive:2@x" }] }] as unknown as Comparison[];
  expect(rowsOf(tickets, (pair, at) => [`${kindOf(pair)} ${at}`])).toEqual([
    ["6X792M25", "respond", "respond 0", "respond 1"],
    ["6X792M25", "arrive", "arrive 0", "arrive 1"],
  ]);
});

it("contracts are offered by their numbers beside the packs, each once", () => {
  expect(numbersBeside(["sitech"], ["c-2", "sitech", "c-1", "c-2"])).toEqual(["c-1", "c-2"]);
});
