/** The next step on a ticket: what the promise that falls due first asks for, as far as the server lets it be done. */
import { FORMS, type Kind, type Offer } from "@shared/commands/fields";
import type { Entry, Obligation } from "./queries";

/** What is done out of the house, in the order in which it is usually done. */
export const KINDS = [
  "take", "classify", "respond", "contact", "submit_plan", "apply_onsite", "depart", "arrive", "diagnose", "restore", "end_visit",
  "write_log", "resolve", "deliver_substitute", "deliver_report", "note", "reassign", "unassign",
] as const satisfies readonly Kind[];
const AGAIN: ReadonlySet<string> = new Set(["note", "write_log", "contact"]);
/** Behind what is done and the server does not know yet. */
const THEN: Partial<Record<Kind, Kind>> = { apply_onsite: "depart", depart: "arrive", arrive: "end_visit" };
/**
 * Where no promise asks for anything: a visit that is under way is to be ended, and nobody is sent on one by a guess.
 * What the server would still take of a visit, told late, is no next step.
 */
const FIRST: readonly Kind[] = ["take", "end_visit", "resolve"];
/** What tells of a visit, or that none goes on; and what follows where that is the last that was told of any. */
export const OF_A_VISIT = ["departed", "arrived", "visit_ended", "resolved"] as const;
const GOES_ON: Partial<Record<Entry["happening"], Kind>> = { departed: "arrive", arrived: "end_visit" };

export interface Step {
  kind: Kind;
  /** The promise that it keeps. */
  of?: string;
}

/** What may be tried: what the server allows; behind acts that it does not know yet, whatever the role has. */
export function open(offers: readonly Offer[], queued: readonly string[]): Kind[] {
  const isFree = queued.length > 0;
  return KINDS.filter((kind) => {
    const offer = offers.find((each) => each.kind === kind);
    return offer !== undefined && (offer.possible || isFree) && (AGAIN.has(kind) || !queued.includes(kind));
  });
}

export const isDue = ({ open: isOpen, due_at: due, met_at: met }: Obligation) => isOpen && due !== null && met === null;

/** Of what stands still nobody can say when it will be due. */
export const isStopped = ({ state }: Obligation) => state === "paused";

/** Which falls due first stands first; behind those whose time runs what stands still. */
export const byDue = (one: Obligation, other: Obligation) =>
  Number(isStopped(one)) - Number(isStopped(other)) || Date.parse(one.due_at ?? "") - Date.parse(other.due_at ?? "");

/** What happened last, whenever it was told. */
export const lastOf = (entries: readonly Entry[]): Entry | undefined => entries.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0];

/** How somebody's visit goes on, where nobody has told anything since. */
export const goesOn = (last: Entry | undefined, user: string): Kind | undefined => (last?.actor.id === user ? GOES_ON[last.happening] : undefined);

/** `visit`: how theirs goes on. */
export function nextStep(offers: readonly Offer[], promises: readonly Obligation[], queued: readonly string[], visit?: Kind): Step | undefined {
  const may = open(offers, queued);
  const then = THEN[queued.at(-1) as Kind];
  if (then !== undefined && may.includes(then)) return { kind: then };
  for (const promise of promises.filter(isDue).toSorted(byDue)) {
    const keeps = KINDS.filter((kind) => FORMS[kind].mainly === promise.kind);
    if (keeps.some((kind) => queued.includes(kind))) continue;
    const kind = keeps.find((each) => may.includes(each)) ?? opener(offers, keeps, may);
    if (kind !== undefined) return { kind, of: promise.kind };
  }
  const isFree = (kind: Kind) => may.includes(kind) && offers.some((each) => each.kind === kind && each.possible);
  const kind = [visit, ...FIRST].find((each) => each !== undefined && isFree(each));
  return kind === undefined ? undefined : { kind };
}

/** What has to be done before, where that can be done here. */
function opener(offers: readonly Offer[], keeps: readonly Kind[], may: readonly Kind[]): Kind | undefined {
  const opens = new Set(keeps.flatMap((kind) => openersOf(offers, kind)));
  return may.find((kind) => opens.has(kind));
}

/** What can be done here and now so that another act is possible. */
export function openersOf(offers: readonly Offer[], act: string): Kind[] {
  const opens = offers.find(({ kind }) => kind === act)?.opened_by ?? [];
  return KINDS.filter((kind) => opens.includes(kind) && offers.some((each) => each.kind === kind && each.possible));
}
