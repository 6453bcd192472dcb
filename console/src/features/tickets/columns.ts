/** The columns of the queue: what each person wants to see in this browser, or what a view was kept with. */
import { useCallback, useState } from "react";
import { useSession } from "@shared/session";
import type { TicketLine } from "@shared/tickets/queries";

/** Each with its width, in the order in which they stand; the title has what is left. */
const WIDTHS = {
  number: "88px",
  clock: "232px",
  level: "128px",
  title: "minmax(0, 1fr)",
  customer: "minmax(0, 176px)",
  assignee: "96px",
  stage: "120px",
  waits: "minmax(0, 144px)",
  received: "88px",
} as const;

export type Column = keyof typeof WIDTHS;
export const ALL = Object.keys(WIDTHS) as Column[];
const FIRST: readonly Column[] = ["number", "clock", "level", "title", "customer", "assignee", "stage"];
/** Where there is little room. */
const NARROW: Partial<Record<Column, string>> = { number: "84px", clock: "192px", level: "88px", title: "minmax(0, 1fr)" };

/** Those that may be left out: without its title nobody knows a ticket. */
export const OPTIONAL = ALL.filter((each) => each !== "title");

/** What of a ticket a column shows, as the API calls it. */
export type Shown = keyof TicketLine;
const SHOWS: Record<Column, Shown> = {
  number: "number",
  clock: "next_due",
  level: "level",
  title: "title",
  customer: "customer",
  assignee: "assignee_name",
  stage: "stage",
  waits: "waits_for",
  received: "received_at",
};

export const shownBy = (columns: readonly Column[]): Shown[] => columns.map((each) => SHOWS[each]);

/** Those of a view; one that says nothing of them has everybody's own. */
export function columnsOfView(shown: readonly string[]): Column[] | undefined {
  return shown.length === 0 ? undefined : ALL.filter((each) => each === "title" || shown.includes(SHOWS[each]));
}

/** In their order, whatever was kept. */
export function columnsOf(kept: string | null): Column[] {
  if (kept === null) return [...FIRST];
  const chosen = new Set(kept.split(" "));
  return ALL.filter((each) => each === "title" || chosen.has(each));
}

/** As style sheets have them: for a wide list, and for a narrow one. */
export const tracksOf = (columns: readonly Column[]) => ({
  "--columns": ["40px", ...columns.map((each) => WIDTHS[each])].join(" "),
  "--narrow": ["40px", ...columns.flatMap((each) => NARROW[each] ?? [])].join(" "),
});

const keyOf = (person: string) => `zhishou.columns/${person}`;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

interface Viewed {
  id: string;
  columns: readonly string[];
}

/** Others than those of the view that is looked at are for this page, until the view is changed. */
export function useColumns(view: Viewed | undefined): [Column[], (chosen: readonly string[]) => void] {
  const key = keyOf(useSession().id);
  const [own, setOwn] = useState(() => columnsOf(read(key)));
  const [others, setOthers] = useState<{ of: string; columns: Column[] }>();
  const ofView = view && columnsOfView(view.columns);
  const id = ofView && view.id;
  const choose = useCallback(
    (chosen: readonly string[]) => {
      const kept = chosen.join(" ");
      if (id !== undefined) return setOthers({ of: id, columns: columnsOf(kept) });
      setOwn(columnsOf(kept));
      try {
        localStorage.setItem(key, kept);
      } catch {
        // chosen for this page alone
      }
    },
    [key, id],
  );
  if (ofView === undefined) return [own, choose];
  return [others !== undefined && others.of === id ? others.columns : ofView, choose];
}
