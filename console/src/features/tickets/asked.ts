/** What a queue shows stands in its address; this is what the API is asked for it. */
import { OPEN, type Asked, type Stage } from "@shared/tickets/queries";

/** In the order in which they stand above the queue. */
export const VIEWS = ["open", "mine", "soon", "late", "resolved", "all"] as const;
export type View = (typeof VIEWS)[number];

/** Filters of the address; those that may stand there several times. */
export const ONCE = ["contract", "customer", "assignee", "text", "drill"] as const;
export const OFTEN = ["level", "stage"] as const;
export const FILTERS = [...ONCE, ...OFTEN] as const;
export type Filter = (typeof FILTERS)[number];

/** The word for "nobody is in charge" in the place of a person. */
export const NOBODY = "-";
export const SORTS = ["next_due_at", "-received_at", "received_at", "-updated_at"] as const;
export type Sort = (typeof SORTS)[number];

const SOON_MS = 30 * 60_000;

/** With filters alone it is looked for among all, as a search is. */
export function viewOf(address: URLSearchParams): View {
  const named = address.get("view");
  if (VIEWS.some((each) => each === named)) return named as View;
  return isFiltered(address) ? "all" : "open";
}

export const isFiltered = (address: URLSearchParams) => FILTERS.some((name) => address.has(name));

export function sortOf(address: URLSearchParams): Sort {
  const named = address.get("sort");
  if (SORTS.some((each) => each === named)) return named as Sort;
  const view = viewOf(address);
  return view === "all" || view === "resolved" ? "-received_at" : "next_due_at";
}

const before = (instant: number) => new Date(instant).toISOString();

function ofView(view: View, person: string, now: number): Asked {
  const of: Record<View, Asked> = {
    open: { stage: OPEN },
    mine: { stage: OPEN, assignee: person },
    soon: { stage: OPEN, due_before: before(now + SOON_MS) },
    late: { stage: OPEN, due_before: before(now) },
    resolved: { stage: ["resolved"] },
    all: {},
  };
  return of[view];
}

/** A view at an instant, narrowed by the filters of the address. */
export function askedBy(address: URLSearchParams, person: string, now: number): Asked {
  const once = (name: (typeof ONCE)[number]) => address.get(name)?.trim() ?? "";
  const asked: Asked = { ...ofView(viewOf(address), person, now), sort: sortOf(address) };
  const stages = address.getAll("stage") as Stage[];
  if (stages.length > 0) asked.stage = stages;
  if (address.has("level")) asked.level = address.getAll("level");
  for (const name of ["contract", "customer", "text"] as const) if (once(name) !== "") asked[name] = once(name);
  if (once("assignee") === NOBODY) {
    delete asked.assignee;
    asked.unassigned = true;
  } else if (once("assignee") !== "") asked.assignee = once("assignee");
  if (once("drill") !== "") asked.drill = true;
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
