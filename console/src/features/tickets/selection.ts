/** Which tickets are selected: by number, so that they stay so wherever they go. */

/** So many are acted on at once. */
export const MOST_SELECTED = 100;

export type Selection = ReadonlySet<string>;

/** With one more, or without it; a full selection takes no more. */
export function toggled(selection: Selection, number: string): Selection {
  const next = new Set(selection);
  if (!next.delete(number) && next.size < MOST_SELECTED) next.add(number);
  return next;
}

/** With all that stands between two places of a list. */
export function ranged(selection: Selection, order: readonly string[], from: number, to: number): Selection {
  const next = new Set(selection);
  const step = from <= to ? 1 : -1;
  for (let place = from; place !== to + step && next.size < MOST_SELECTED; place += step) {
    const number = order[place];
    if (number !== undefined) next.add(number);
  }
  return next;
}

/** The first ones of a list, as many as can be; nothing where some are selected. */
export const allOrNone = (selection: Selection, order: readonly string[]): Selection =>
  selection.size > 0 ? new Set() : new Set(order.slice(0, MOST_SELECTED));
