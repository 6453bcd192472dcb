/** What somebody has done and the server does not know yet. Pure: what is stored and sent is decided elsewhere. */
import type { Kind } from "@shared/commands/fields";

export type State =
  /** To be sent, or sent without an answer: then the same body is sent again. */
  | "waiting"
  /** Taken and not decided yet: it is asked about. */
  | "pending"
  /** Said no to: the rest of its ticket waits for the person. */
  | "refused"
  /** On record. */
  | "done";

/** A report that somebody takes on the telephone stands in the place of a ticket until there is one. */
export type What = Kind | "open";

export interface Act {
  /** The id of the command, or the key of the report; for ever the same. */
  id: string;
  /** Whose it is; nobody else sees or sends it. */
  user: string;
  userName: string;
  /** Of a report that has no ticket yet: its own id. */
  number: string;
  kind: What;
  data: Record<string, unknown>;
  /** When it happened, by the server's clock as far as the phone knew it. */
  at: string;
  /** By how much the phone's clock was put right for that, and when the server had told; nothing: never. */
  offset: number | undefined;
  heardAt: number | undefined;
  /** In which order they were made; not whole where one was put before another. */
  made: number;
  /** Until then it can be taken back; by the phone's clock. */
  from: number;
  state: State;
  /** It has left, so that its body never changes again. */
  sent: boolean;
  /** The person has looked at its time. */
  checked: boolean;
  files: string[];
  /** What was filled in, of a report: it says more than the data, as what a customer is called. */
  filled?: Record<string, string> | undefined;
  /** Why it was not taken, in the server's words; of one that is done, a remark. */
  says?: string | undefined;
  reason?: string | undefined;
  /** When it was recorded, or under which number a report was. */
  as?: string | undefined;
}

/** What became of one that was sent. */
export type Outcome =
  | { is: "done"; as?: string | undefined; says?: string | undefined }
  | { is: "pending" }
  | { is: "refused"; says: string; reason?: string | undefined; status?: number }
  /** Nobody answered, or nobody who knows: the same again, not before `afterS` if somebody says so. */
  | { is: "unknown"; afterS?: number | undefined }
  | { is: "signed-out" };

export const UNDO_MS = 5000;
const OLD_MS = 24 * 3_600_000;
const OFF_MS = 120_000;

export const isOpen = ({ state }: Act) => state !== "done";
const inOrder = (acts: readonly Act[]) => acts.toSorted((one, other) => one.made - other.made);

/** Those of somebody that are not on record, in the order in which they were made. */
export const openOf = (acts: readonly Act[], user: string) => inOrder(acts.filter((act) => act.user === user && isOpen(act)));

/** Those of a ticket, as the acts behind them have to think of it. */
export const queuedOn = (acts: readonly Act[], user: string, number: string) => openOf(acts, user).filter((act) => act.number === number);

/** Why the person has to look at a time: somebody filled in what is still to come, or the phone's clock was wrong. */
export type Doubt = "ahead" | "clock";

/** Why its time has to be looked at before it is sent, now that the server has told its own; by the phone's clock. */
export function doubtOf(act: Act, offset: number, now: number): Doubt | undefined {
  if (act.checked || act.sent) return undefined;
  const at = Date.parse(act.at);
  const madeAt = at - (act.offset ?? 0);
  // By either clock: one that was wrong when it was made, or has been put right since, makes nobody a prophet.
  if (Math.min(at - offset, madeAt) > now + OFF_MS) return "ahead";
  if (act.offset === undefined || act.heardAt === undefined) return "clock";
  return madeAt - act.heardAt > OLD_MS || Math.abs(offset - act.offset) > OFF_MS ? "clock" : undefined;
}

/** The person says when it happened; a report says so in its own words. */
export const lookedAt = (act: Act, at: string): Act => ({
  ...act,
  at,
  checked: true,
  data: act.kind === "open" ? { ...act.data, received_at: at } : act.data,
});

/** Whether it can still be taken back; not for ever on a phone whose clock was set back. */
export const isFresh = ({ from, sent }: Act, now: number) => !sent && from > now && from <= now + UNDO_MS;

/** The first of each ticket, where nothing holds it: tickets do not wait for each other. */
export function heads(acts: readonly Act[], user: string, now: number, offset: number): Act[] {
  return unheld(acts, user, now, offset).filter((act) => !isFresh(act, now));
}

function unheld(acts: readonly Act[], user: string, now: number, offset: number): Act[] {
  const first = new Map<string, Act>();
  for (const act of openOf(acts, user)) if (!first.has(act.number)) first.set(act.number, act);
  return [...first.values()].filter((act) => act.state !== "refused" && doubtOf(act, offset, now) === undefined);
}

/** How long until the first that has never left may leave: no time at all, where its moment was over meanwhile. */
export function untilNext(acts: readonly Act[], user: string, now: number, offset: number): number {
  const ready = unheld(acts, user, now, offset).filter(({ sent, state }) => !sent && state === "waiting");
  return Math.min(...ready.map(({ from }) => Math.max(0, from - now)));
}

/** The act behind what became of it. */
export function behind(act: Act, outcome: Outcome): Act {
  switch (outcome.is) {
    case "done":
      return { ...act, state: "done", as: outcome.as, says: outcome.says };
    case "pending":
      return { ...act, state: "pending", sent: true };
    case "refused":
      return { ...act, state: "refused", sent: true, says: outcome.says, reason: outcome.reason };
    default:
      return { ...act, sent: true };
  }
}

/** What is said otherwise of one that was refused. */
export type Changed = Partial<Pick<Act, "data" | "at" | "files" | "filled">>;

/** Under what it is begun to be filled in anew: apart from what else of its kind is begun on its ticket. */
export const anewAs = ({ kind, id }: Pick<Act, "kind" | "id">) => `${kind}/${id}`;

/** The same once more, as another command: what was refused is on record under its id. */
export const anew = (act: Act, id: string, change: Changed = {}): Act => ({
  ...act,
  ...change,
  id,
  state: "waiting",
  sent: false,
  says: undefined,
  reason: undefined,
});

/** The place of one that has to come before another. */
export function before(acts: readonly Act[], act: Act): number {
  const earlier = acts.filter(({ made }) => made < act.made).map(({ made }) => made);
  return (Math.max(act.made - 1, ...earlier) + act.made) / 2;
}

/** The place of a new one. */
export const last = (acts: readonly Act[]) => Math.max(0, ...acts.map(({ made }) => made)) + 1;

/** The acts of a report go to the ticket that it has become. */
export const moved = (acts: readonly Act[], from: string, to: string) => acts.filter(({ number }) => number === from).map((act) => at(act, to));

const at = (act: Act, number: string): Act => ({ ...act, number });

const REMEMBERED = 20;

/** What is on record and of no more use here: but for the last ones, which somebody may want to see. */
export const past = (acts: readonly Act[]) => inOrder(acts.filter((act) => !isOpen(act))).slice(0, -REMEMBERED);

/** How many of other people wait on this phone, by name. */
export function others(acts: readonly Act[], user: string | undefined): { name: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const act of acts) if (act.user !== user && isOpen(act)) counts.set(act.userName, (counts.get(act.userName) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count }));
}
