/** The columns of the queue: what each person wants to see in this browser. */
import { useCallback, useState } from "react";
import { useSession } from "@shared/session";

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

export function useColumns(): [Column[], (chosen: readonly string[]) => void] {
  const key = keyOf(useSession().id);
  const [columns, setColumns] = useState(() => columnsOf(read(key)));
  const choose = useCallback(
    (chosen: readonly string[]) => {
      const kept = chosen.join(" ");
      setColumns(columnsOf(kept));
      try {
        localStorage.setItem(key, kept);
      } catch {
        // chosen for this page alone
      }
    },
    [key],
  );
  return [columns, choose];
}
