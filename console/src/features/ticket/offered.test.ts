import { expect, it } from "vitest";
import type { Offer } from "@shared/commands/fields";
import type { Obligation } from "@shared/tickets/one";
import { inOrderOf } from "./offered";

const offer = (kind: string, possible = true) => ({ kind, possible }) as Offer;
const promise = (kind: string, due_at: string, met_at: string | null = null) =>
  ({ kind, open: met_at === null, due_at, met_at }) as Obligation;
const kinds = (offers: Offer[]) => offers.map(({ kind }) => kind);

it("what keeps the promise that is due first stands first, then what is proposed, then the rest by groups", () => {
  const offers = ["resolve", "note", "advance", "arrive", "close", "respond", "pause"].map((kind) => offer(kind, kind !== "close"));
  const promises = [
    promise("resolve", "2026-11-26T09:00:00Z"),
    promise("arrive", "2026-11-26T03:00:00Z"),
    promise("respond", "2026-11-26T01:00:00Z", "2026-11-26T00:50:00Z"),
  ];
  const { next, groups, not } = inOrderOf(offers, promises, true);
  expect(kinds(next)).toEqual(["arrive", "resolve", "advance"]);
  expect(groups.map(([group, inIt]) => [group, kinds(inIt)])).toEqual([
    ["first", ["respond", "note"]],
    ["clock", ["pause"]],
  ]);
  expect(kinds(not)).toEqual(["close"]);
});
