/** What a queue shows stands in its address; this is what the API is asked for it. */
import { OPEN, type Asked } from "./queries";

/** In the order in which they stand above the queue. */
export const VIEWS = ["open", "mine", "soon", "late", "resolved", "all"] as const;
export type View = (typeof VIEWS)[number];

/** Filters of the address; those that may stand there several times. */
export const ONCE = ["contract", "customer", "assignee", "phone", "text"] as const;
export const FLAGS = ["paused", "breached", "refused", "drill"] as const;
/** Of these it is also asked what is not so. */
const EITHER = ["paused", "breached", "refused", "open"] as const;
export const DATES = ["received_from", "received_to", "closed_from", "closed_to"] as const;
export const OFTEN = ["level", "stage", "waits_for", "work"] as const;
export const FILTERS = [...ONCE, ...OFTEN, ...FLAGS, ...DATES] as const;
export type Filter = (typeof FILTERS)[number];

/** The word for "nobody is in charge" in the place of a person. */
export const NOBODY = "-";
export const SORTS = ["next_due_at", "gravity", "-received_at", "received_at", "-updated_at"] as const;
export type Sort = (typeof SORTS)[number];

/** Whether it is one of these names. */
export const is = <T extends string>(names: readonly T[], name: string): name is T => names.some((each) => each === name);

const SOON_MIN = 30;
const DAY_MS = 24 * 3_600_000;

/** With filters alone it is looked for among all, as a search is. */
export function viewOf(address: URLSearchParams): View {
  const named = address.get("view");
  if (named !== null && is(VIEWS, named)) return named;
  return isFiltered(address) ? "all" : "open";
}

export const isFiltered = (address: URLSearchParams) => FILTERS.some((name) => address.has(name));

export function sortOf(address: URLSearchParams): Sort {
  const named = address.get("sort");
  if (named !== null && is(SORTS, named)) return named;
  const view = viewOf(address);
  return view === "all" || view === "resolved" ? "-received_at" : "next_due_at";
}

/** What each view holds; what falls due is told by the server's clock, so that the same is asked at any time. */
const OF_VIEW: Record<View, Asked> = {
  open: { stage: OPEN },
  mine: { stage: OPEN, mine: true },
  soon: { stage: OPEN, due_within: SOON_MIN },
  late: { stage: OPEN, overdue: true },
  resolved: { stage: ["resolved"] },
  all: {},
};

/** A day of the address, as its beginning or, with a day more, its end; in Beijing, as all days are. */
function instantOfDay(day: string, days: number): string | undefined {
  const begins = Date.parse(`${day}T00:00:00+08:00`);
  return Number.isNaN(begins) ? undefined : new Date(begins + days * DAY_MS).toISOString();
}

/** A view, narrowed by the filters of the address. */
export function askedBy(address: URLSearchParams): Asked {
  const asked: Asked = { ...OF_VIEW[viewOf(address)], sort: sortOf(address) };
  for (const name of OFTEN) if (address.has(name)) Object.assign(asked, { [name]: address.getAll(name) });
  for (const name of ONCE) {
    const said = address.get(name)?.trim();
    if (said) asked[name] = said;
  }
  for (const name of FLAGS) if (address.has(name)) asked[name] = address.get(name) !== "false";
  for (const name of DATES) {
    const instant = instantOfDay(address.get(name) ?? "", name.endsWith("_to") ? 1 : 0);
    if (instant !== undefined) asked[name] = instant;
  }
  if (asked.assignee !== undefined) delete asked.mine;
  if (asked.assignee === NOBODY) {
    delete asked.assignee;
    asked.unassigned = true;
  }
  return asked;
}

/** Sets a filter of an address to these values, or takes it out. Whoever filters goes on in the view they look at. */
export function narrow(address: URLSearchParams, name: Filter, values: readonly string[]): void {
  if (!isFiltered(address)) address.set("view", viewOf(address));
  address.delete(name);
  address.delete("open");
  for (const value of values) if (value !== "") address.append(name, value);
}

/** Takes all of them out, with the order in which somebody wanted to see what they left. */
export function widen(address: URLSearchParams): void {
  for (const name of [...FILTERS, "sort", "open"]) address.delete(name);
}

/** The address of a view without what narrows it. */
export const viewed = (view: View) => new URLSearchParams(view === "open" ? {} : { view });

/** What two addresses must have in common to show the same list. */
export function keyOf(address: URLSearchParams): string {
  const key = new URLSearchParams(address);
  key.delete("open");
  key.sort();
  return key.toString();
}

const NARROWEST = ["mine", "soon", "late", "open", "resolved", "all"] as const satisfies readonly View[];

/** The address of the list that is asked for so; nothing where an address has no word for all of it. */
export function addressOf(asked: Asked): URLSearchParams | undefined {
  const view = NARROWEST.find((each) => Object.entries(OF_VIEW[each]).every(([name, value]) => valueOf(name, value) === valueOf(name, asked[name as keyof Asked])));
  const address = new URLSearchParams(view === undefined ? {} : { view });
  for (const [name, value] of Object.entries(asked)) {
    if (is(DATES, name)) address.set(name, dayOf(String(value), name.endsWith("_to") ? 1 : 0));
    else if (name === "unassigned" && value === true) address.set("assignee", NOBODY);
    else if (is(OFTEN, name) && view !== undefined && OF_VIEW[view][name] === undefined) for (const each of value as string[]) address.append(name, each);
    else if (is(ONCE, name) || is(FLAGS, name) || name === "sort") address.set(name, String(value));
  }
  return isSame(askedBy(address), asked) ? address : undefined;
}

/** Whether two ask for the same list, in the same order. */
export const isSame = (one: Asked, other: Asked) => told(one) === told(other);

/** As one and the same question is always said. */
function told(asked: Asked): string {
  const whole = { sort: "-received_at", ...asked };
  return JSON.stringify(Object.entries(whole).map(([name, value]) => [name, valueOf(name, value)]).filter(([, value]) => value !== undefined).toSorted());
}

function valueOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === "" || (value === false && !is(EITHER, name))) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.toSorted().join(" ");
  return is(DATES, name) ? String(Date.parse(String(value))) : String(value);
}

/** The day of Beijing that begins then, or with a day more has just ended. */
function dayOf(instant: string, days: number): string {
  const begins = Date.parse(instant);
  return Number.isNaN(begins) ? "" : new Date(begins + 8 * 3_600_000 - days * DAY_MS).toISOString().slice(0, 10);
}
