import { expect, it } from "vitest";
import { columnsOf, columnsOfView, shownBy, tracksOf } from "./columns";

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

it("columns are kept with a view by what they show; one that was kept without says nothing of them", () => {
  const columns = columnsOf("clock assignee received");
  expect(columnsOfView(shownBy(columns))).toEqual(columns);
  expect(columnsOfView(["received_at", "something_of_another_program"])).toEqual(["title", "received"]);
  expect(columnsOfView([])).toBeUndefined();
});
