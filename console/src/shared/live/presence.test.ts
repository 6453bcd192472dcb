import { expect, it } from "vitest";
import { othersAt } from "./presence";
import type { Present } from "./stream";

const NOW = Date.parse("2026-11-26T14:02:00+08:00");
const somebody = (id: string, until: string): Present => ({ id, name: id, role: "engineer", doing: "reading", until });

it("nobody is shown to themselves, nor longer than they are there", () => {
  const there = [somebody("me", "2026-11-26T14:02:30+08:00"), somebody("li", "2026-11-26T14:02:30+08:00"), somebody("wang", "2026-11-26T14:01:59+08:00")];
  expect(othersAt(there, "me", NOW).map(({ id }) => id)).toEqual(["li"]);
});
