/**
 * One command on many tickets: a few at a time, each under an id of its own that is kept until its fate is known.
 * What is here is the state of such a batch and what it becomes; sending is done elsewhere.
 */
import type { Body } from "@shared/commands/queries";
import type { Kind } from "@shared/commands/fields";

/** So many are on their way at once. */
export const AT_ONCE = 4;

/**
 * `waiting`: not sent yet. `asked`: taken in, and what becomes of it is asked for. `lost`: nobody said what became of
 * it, so it is sent again as it was. `refused`: on record, or never taken: what is sent next is another command.
 */
export type RowState = "waiting" | "sending" | "asked" | "lost" | "accepted" | "refused";

export interface BatchRow {
  number: string;
  title: string;
  id: string;
  /** The last entry that its sender saw. */
  seq: number;
  is: RowState;
  says?: string;
  /** It has been sent before under this id. */
  isAgain?: boolean;
}

export interface Batch {
  kind: Kind;
  data: Record<string, unknown>;
  /** The command is refused where something happened since. */
  isAsSeen: boolean;
  rows: readonly BatchRow[];
  isStopped: boolean;
}

export interface Chosen {
  number: string;
  title: string;
  seq: number;
  pack?: string | null | undefined;
}

export function batchOf(kind: Kind, data: Record<string, unknown>, chosen: readonly Chosen[], isAsSeen: boolean, newId: () => string): Batch {
  return { kind, data, isAsSeen, rows: chosen.map(({ number, title, seq }) => ({ number, title, seq, id: newId(), is: "waiting" })), isStopped: false };
}

const set = (batch: Batch, number: string, change: Partial<BatchRow>): Batch => ({
  ...batch,
  rows: batch.rows.map((row) => (row.number === number ? { ...row, ...change } : row)),
});

/** Those that may leave now. */
export function due(batch: Batch): readonly BatchRow[] {
  if (batch.isStopped) return [];
  const free = AT_ONCE - batch.rows.filter(({ is }) => is === "sending").length;
  return batch.rows.filter(({ is }) => is === "waiting").slice(0, Math.max(0, free));
}

export const left = (batch: Batch, number: string): Batch => set(batch, number, { is: "sending", says: "" });

/** What became of one. */
export const settled = (batch: Batch, number: string, is: RowState, says = ""): Batch => set(batch, number, { is, says, isAgain: true });

/** No more leave; what is on its way comes back. */
export const stopped = (batch: Batch): Batch => ({ ...batch, isStopped: true });

export const isFailed = ({ is }: BatchRow) => is === "refused" || is === "lost";

/**
 * Those that failed once more, and what was stopped: what is not known under its id, what was decided under a new one,
 * by somebody who has seen since how the ticket stands.
 */
export const retried = (batch: Batch, newId: () => string, seqOf: (number: string) => number | undefined): Batch => ({
  ...batch,
  isStopped: false,
  rows: batch.rows.map((row) => {
    if (row.is === "lost") return { ...row, is: "waiting", says: "" };
    if (row.is !== "refused") return row;
    return { number: row.number, title: row.title, seq: seqOf(row.number) ?? row.seq, id: newId(), is: "waiting" };
  }),
});

/** As it comes back from the browser's storage: what was on its way may have arrived. */
export const recovered = (batch: Batch): Batch => ({
  ...batch,
  isStopped: true,
  rows: batch.rows.map((row) => (row.is === "sending" || row.is === "asked" ? { ...row, is: "lost", isAgain: true } : row)),
});

export function counted(batch: Batch) {
  const of = (...states: RowState[]) => batch.rows.filter(({ is }) => states.includes(is)).length;
  return {
    accepted: of("accepted"),
    refused: of("refused"),
    lost: of("lost"),
    open: of("waiting", "sending", "asked"),
    isOver: of("sending", "asked") === 0 && (batch.isStopped || of("waiting") === 0),
  };
}

/** Everything was accepted: nothing is left to look after. */
export const isDone = (batch: Batch) => batch.rows.every(({ is }) => is === "accepted");

export function bodyOf(batch: Batch, row: BatchRow): Body {
  const body: Body = { command_id: row.id, kind: batch.kind, data: batch.data };
  if (batch.isAsSeen) body.expect_seq = row.seq;
  return body;
}
