import { beforeEach, describe, expect, it } from "vitest";
import { AT_ONCE, batchOf, bodyOf, counted, due, isDone, left, recovered, retried, settled, stopped, type Batch } from "./batch";

let made = 0;
const newId = () => `id-${(made += 1)}`;
const chosen = (count: number) => Array.from({ length: count }, (_, place) => ({ number: `N${place}`, title: `T${place}`, seq: place }));
const batch = (count: number) => batchOf("note", { text: "备注" }, chosen(count), false, newId);
const numbers = (rows: readonly { number: string }[]) => rows.map(({ number }) => number);
const row = (of: Batch, number: string) => of.rows.find((each) => each.number === number);

/** Everything that may leave does, and meets its fate. */
function run(of: Batch, fate: (number: string) => Parameters<typeof settled>[2]): Batch {
  let after = of;
  for (let next = due(after)[0]; next !== undefined; next = due(after)[0]) after = settled(left(after, next.number), next.number, fate(next.number));
  return after;
}

const unseen = () => undefined;

beforeEach(() => {
  made = 0;
});

describe("a batch", () => {
  it("sends a few at a time, and the next one as soon as one is back", () => {
    let now = batch(10);
    expect(due(now)).toHaveLength(AT_ONCE);
    for (const { number } of due(now)) now = left(now, number);
    expect(due(now)).toHaveLength(0);
    now = settled(now, "N1", "accepted");
    expect(numbers(due(now))).toEqual(["N4"]);
  });

  it("does not wait for what was taken in and is not decided yet", () => {
    let now = batch(6);
    for (const { number } of due(now)) now = left(now, number);
    now = settled(now, "N0", "asked");
    expect(numbers(due(now))).toEqual(["N4"]);
    expect(counted(now).isOver).toBe(false);
  });

  it("has an id of its own for each ticket", () => {
    expect(new Set(batch(5).rows.map(({ id }) => id)).size).toBe(5);
  });

  it("stops before the next one; what is on its way comes back", () => {
    let now = left(batch(3), "N0");
    now = stopped(now);
    expect(due(now)).toEqual([]);
    expect(counted(now).isOver).toBe(false);
    now = settled(now, "N0", "accepted");
    expect(counted(now)).toMatchObject({ accepted: 1, open: 2, isOver: true });
    expect(numbers(due(retried(now, newId, unseen)))).toEqual(["N1", "N2"]);
  });
});

describe("what failed, sent again", () => {
  it("is the same command where nobody knows of it, another one where it was refused, and nothing where it was accepted", () => {
    const fates = { N0: "accepted", N1: "refused", N2: "lost" } as const;
    const before = run(batch(3), (number) => fates[number as keyof typeof fates]);
    expect(counted(before)).toMatchObject({ accepted: 1, refused: 1, lost: 1, isOver: true });
    const after = retried(before, newId, (number) => (number === "N1" ? 9 : undefined));
    expect(numbers(due(after))).toEqual(["N1", "N2"]);
    expect(row(after, "N1")?.id).not.toBe(row(before, "N1")?.id);
    expect(row(after, "N1")?.isAgain).toBeUndefined();
    expect(row(after, "N1")?.seq).toBe(9);
    expect(row(after, "N2")).toMatchObject({ id: row(before, "N2")?.id, isAgain: true });
    expect(isDone(run(after, () => "accepted"))).toBe(true);
  });
});

describe("a page that was reloaded in between", () => {
  it("sends nothing by itself, and what was on its way under the same id", () => {
    const now = recovered(left(settled(left(batch(4), "N0"), "N0", "accepted"), "N1"));
    expect(due(now)).toEqual([]);
    expect(counted(now)).toMatchObject({ accepted: 1, lost: 1, open: 2, isOver: true });
    const again = retried(now, newId, unseen);
    expect(row(again, "N1")).toMatchObject({ id: "id-2", isAgain: true });
  });
});

it("a command that counts as seen carries what was seen of its ticket", () => {
  const now = batchOf("classify", { level: "C" }, chosen(2), true, newId);
  expect(now.rows.map((each) => bodyOf(now, each).expect_seq)).toEqual([0, 1]);
  const note = batch(1);
  expect(note.rows.map((each) => bodyOf(note, each))).toEqual([{ command_id: "id-3", kind: "note", data: { text: "备注" } }]);
});
