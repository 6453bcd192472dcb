import { expect, it } from "vitest";
import { columnsOf, tracksOf } from "./columns";

it("columns stand in their order, and the title always", () => {
  expect(columnsOf(null)).toEqual(["number", "clock", "level", "title", "customer", "assignee", "stage"]);
  expect(columnsOf("received clock")).toEqual(["clock", "title", "received"]);
  expect(columnsOf("nothing of ours")).toEqual(["title"]);
});

it("columns have a track each, and in a narrow list those that have room there", () => {
  const tracks = tracksOf(columnsOf("clock customer"));
  expect(tracks["--columns"]).toBe("40px 232px minmax(0, 1fr) minmax(0, 176px)");
  expect(tracks["--narrow"]).toBe("40px 192px minmax(0, 1fr)");
});
