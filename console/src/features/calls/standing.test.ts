import { expect, it } from "vitest";
import { standing } from "./standing";

const MISSED = { return_by: "2026-11-27T14:10:00+08:00", returned_at: null, returned_by: null };
const at = (time: string) => Date.parse(`2026-11-27T${time}:00+08:00`);

it("a call waits to be returned, and is late from its end on", () => {
  expect([standing(MISSED, at("14:10")), standing(MISSED, at("14:11"))]).toEqual(["waits", "late"]);
});

const returned = (time: string) => standing({ ...MISSED, returned_at: `2026-11-27T${time}:00+08:00`, returned_by: "hotline" }, at("18:00"));

it("one that was returned was so in time or not, whenever somebody looks", () => {
  expect([returned("14:10"), returned("14:12")]).toEqual(["returned", "returnedLate"]);
});

it("whoever called again and was answered was called back by nobody", () => {
  expect(standing({ ...MISSED, returned_at: "2026-11-27T14:30:00+08:00" }, at("18:00"))).toBe("again");
});
