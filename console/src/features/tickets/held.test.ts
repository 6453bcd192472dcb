import { describe, expect, it } from "vitest";
import type { TicketLine } from "@shared/tickets/queries";
import { begun, grown, heard, told } from "./held";

const AT = Date.parse("2026-11-26T06:00:00Z");
const line = (number: string, seq = 1, more: Partial<TicketLine> = {}) =>
  ({ number, seq, level: null, received_at: "2026-11-26T05:00:00Z", ...more }) as TicketLine;
const next = (cursor: string) => `/api/tickets?stage=phone&cursor=${cursor}&limit=200`;

const first = () => begun({ stage: ["phone"] }, { items: [line("A"), line("B"), line("C")] }, AT);

describe("a list that grows", () => {
  it("has each ticket once, where it was first, and knows where it goes on", () => {
    const held = begun({}, { items: [line("A"), line("B")], next: next("xyz"), total: 4 }, AT);
    expect(held.cursor).toBe("xyz");
    const more = grown(held, { items: [line("B", 2), line("C")] });
    expect(more.order).toEqual(["A", "B", "C"]);
    expect(more.lines.get("B")?.seq).toBe(2);
    expect([more.cursor, more.total]).toEqual([undefined, 4]);
  });
});

describe("what is heard of a list", () => {
  it("changes a row in its place, and moves nothing", () => {
    const held = heard(first(), { numbers: ["B"], fitting: [line("B", 5)], others: [] });
    expect(held.order).toEqual(["A", "B", "C"]);
    expect(held.lines.get("B")?.seq).toBe(5);
    expect([...held.changed]).toEqual(["B"]);
    expect(held.gone.size).toBe(0);
  });

  it("marks what no longer belongs there, shows how it stands, and takes the mark off what comes back", () => {
    const left = heard(first(), { numbers: ["B"], fitting: [], others: [line("B", 5, { stage: "closed" })] });
    expect([...left.gone]).toEqual(["B"]);
    expect(left.lines.get("B")?.stage).toBe("closed");
    const back = heard(left, { numbers: ["B"], fitting: [line("B", 6)], others: [] });
    expect([...back.gone]).toEqual([]);
    expect([...back.changed]).toEqual(["B"]);
  });

  it("counts what is new, and what leaves again no longer", () => {
    const held = heard(first(), { numbers: ["N", "X"], fitting: [line("N")], others: [] });
    expect([...held.arrived.keys()]).toEqual(["N"]);
    expect(heard(held, { numbers: ["N"], fitting: [], others: [line("N", 2)] }).arrived.size).toBe(0);
  });

  it("is not new where it may stand on a page that was not read, unless it was opened since", () => {
    const held = begun({}, { items: [line("A")], next: next("xyz") }, AT);
    const late = line("L", 1, { received_at: "2026-11-26T06:01:00Z" });
    const after = heard(held, { numbers: ["K", "L"], fitting: [line("K"), late], others: [] });
    expect([...after.arrived.keys()]).toEqual(["L"]);
    expect(grown(after, { items: [late] }).arrived.size).toBe(0);
  });

  it("is nothing where only somebody looked: a ticket that stands as before has not changed", () => {
    expect(heard(first(), { numbers: ["A"], fitting: [line("A")], others: [] }).changed.size).toBe(0);
  });

  it("is told with the gravest of those that came", () => {
    const held = heard(first(), {
      numbers: ["B", "N", "M"],
      fitting: [line("B", 2), line("N", 1, { level: "C" }), line("M", 1, { level: "A" })],
      others: [],
    });
    const said = told(held, ({ level }) => ["A", "B", "C"].indexOf(level ?? ""));
    expect(said).toMatchObject({ changed: 1, arrived: 2, gravest: { number: "M" } });
  });
});
