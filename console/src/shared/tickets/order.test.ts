import { expect, it } from "vitest";
import { inOrder } from "./order";
import type { Obligation } from "./one";

const OPEN = new Set(["running", "breached"]);
const promise = (key: string, state: Obligation["state"], due_at: string | null, met_at: string | null = null) =>
  ({ key, state, due_at, met_at, open: OPEN.has(state) && met_at === null }) as Obligation;

it("what still has to be done stands first, by its due time, before what is done and what rests", () => {
  const promises = [
    promise("report", "pending", null),
    promise("respond", "met", "2026-11-26T01:00:00Z", "2026-11-26T00:50:00Z"),
    promise("resolve", "running", "2026-11-26T09:00:00Z"),
    promise("arrive", "breached", "2026-11-26T03:00:00Z"),
    promise("plan", "breached", "2026-11-26T02:00:00Z", "2026-11-26T02:30:00Z"),
  ];
  expect(inOrder(promises).map(({ key }) => key)).toEqual(["arrive", "resolve", "respond", "plan", "report"]);
});
