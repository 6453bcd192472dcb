/** What a queue shows stands in its address; this is what the API is asked for it. */
import { OPEN, type Asked } from "@shared/tickets/queries";

/** In the order in which they stand above the queue. */
export const VIEWS = ["open", "mine", "soon", "late", "resolved", "all"] as const;
export type View = (typeof VIEWS)[number];

/** Filters of the address; those that may stand there several times. */
export const ONCE = ["contract", "customer", "assignee", "phone", "text"] as const;
export const FLAGS = ["paused", "breached", "refused", "drill"] as const;
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

const before = (instant: number) => new Date(instant).toISOString();

function ofView(view: View, now: number): Asked {
  const of: Record<View, Asked> = {
    open: { stage: OPEN },
    mine: { stage: OPEN, mine: true },
    soon: { stage: OPEN, due_within: SOON_MIN },
    late: { stage: OPEN, due_before: before(now) },
    resolved: { stage: ["resolved"] },
    all: {},
  };
  return of[view];
}

/** A day of the address, as its beginning or, with a day more, its end; in Beijing, as all days are. */
function instantOfDay(day: string, days: number): string | undefined {
  const begins = Date.parse(`${day}T00:00:00+08:00`);
  return Number.isNaN(begins) ? undefined : before(begins + days * DAY_MS);
}

/** A view at an instant, narrowed by the filters of the address. */
export function askedBy(address: URLSearchParams, now: number): Asked {
  const asked: Asked = { ...ofView(viewOf(address), now), sort: sortOf(address) };
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

/** The address with a filter set to these values, or without it. Whoever filters goes on in the view they look at. */
export function filtered(address: URLSearchParams, name: Filter, values: readonly string[]): URLSearchParams {
  const next = new URLSearchParams(address);
  if (!isFiltered(address)) next.set("view", viewOf(address));
  next.delete(name);
  next.delete("open");
  for (const value of values) if (value !== "") next.append(name, value);
  return next;
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
