/** What a queue holds: the order in which it was read, what each ticket is like now, and what has come since. */
import type { Asked, TicketLine } from "@shared/tickets/queries";

export interface Held {
  /** As it was asked, with the instant that it means. */
  asked: Asked;
  order: readonly string[];
  lines: ReadonlyMap<string, TicketLine>;
  /** Where the next page begins; undefined: all is here. */
  cursor: string | undefined;
  total: number | undefined;
  /** Whether there are no more than that. */
  isExact: boolean;
  /** When it was read, by the server's clock. */
  at: number;
  /** Changed since it was put in this order, and those of them that no longer belong here. */
  changed: ReadonlySet<string>;
  gone: ReadonlySet<string>;
  /** They belong here and have no place yet. */
  arrived: ReadonlyMap<string, TicketLine>;
}

export interface Page {
  items: TicketLine[];
  next?: string | null;
  total?: number | null;
  exact?: boolean | null;
}

const NONE: Held = {
  asked: {},
  order: [],
  lines: new Map(),
  cursor: undefined,
  total: undefined,
  isExact: true,
  at: 0,
  changed: new Set(),
  gone: new Set(),
  arrived: new Map(),
};

/** The cursor out of the address of a next page. */
const cursorIn = (next: string | null | undefined) => (next ? (new URLSearchParams(next.split("?")[1]).get("cursor") ?? undefined) : undefined);

export const begun = (asked: Asked, page: Page, at: number): Held => grown({ ...NONE, asked, at }, page);

/** With a page more. What moved down while it was read stands there already. */
export function grown(held: Held, page: Page): Held {
  const lines = new Map(held.lines);
  const fresh = page.items.filter(({ number }) => !held.lines.has(number));
  for (const line of page.items) lines.set(line.number, line);
  const arrived = new Map([...held.arrived].filter(([number]) => !lines.has(number)));
  const order = [...held.order, ...fresh.map(({ number }) => number)];
  return { ...held, order, lines, arrived, cursor: cursorIn(page.next), total: page.total ?? held.total, isExact: page.exact ?? held.isExact };
}

/** What is known of tickets that changed: which fit here, and how the others stand. */
export interface News {
  numbers: readonly string[];
  fitting: readonly TicketLine[];
  others: readonly TicketLine[];
}

/** In the same order, with what has changed in its place. */
export function heard(held: Held, { numbers, fitting, others }: News): Held {
  const [lines, changed, gone, arrived] = [new Map(held.lines), new Set(held.changed), new Set(held.gone), new Map(held.arrived)];
  const fits = new Map(fitting.map((line) => [line.number, line]));
  for (const line of [...fitting, ...others]) {
    const before = held.lines.get(line.number);
    if (before === undefined) continue;
    if (before.seq !== line.seq) changed.add(line.number);
    lines.set(line.number, line);
  }
  for (const number of numbers) {
    if (held.lines.has(number)) {
      if (!fits.has(number)) changed.add(number);
      if (fits.has(number)) gone.delete(number);
      else gone.add(number);
      continue;
    }
    const line = fits.get(number);
    if (line && isNew(held, line)) arrived.set(number, line);
    else arrived.delete(number);
  }
  return { ...held, lines, changed, gone, arrived };
}

/** While pages are missing one that is not here may stand on them, unless it was opened since. */
const isNew = (held: Held, line: TicketLine) => held.cursor === undefined || Date.parse(line.received_at) > held.at;

/** What the bar says: how many changed, how many came, and the gravest of these. */
export function told(held: Held, gravity: (line: TicketLine) => number): { changed: number; arrived: number; gravest: TicketLine | undefined } {
  const arrived = [...held.arrived.values()];
  const gravest = arrived.toSorted((one, other) => gravity(one) - gravity(other))[0];
  return { changed: held.changed.size, arrived: arrived.length, gravest };
}
