/** What a picture shows, as a table: what is behind it to read, and to take away. */
export type Cell = string | number;

export interface Table {
  heads: string[];
  rows: Cell[][];
}

/** One value after another of a series, by the place that it has on the axis; what is not there is 0. */
export function series<Item>(items: readonly Item[], places: readonly string[], at: (item: Item) => string, of: (item: Item) => number): number[] {
  const sums = new Map<string, number>();
  for (const item of items) sums.set(at(item), (sums.get(at(item)) ?? 0) + of(item));
  return places.map((place) => sums.get(place) ?? 0);
}

/** Each once, in the order in which they come. */
export const distinct = <Item>(items: readonly Item[], of: (item: Item) => string): string[] => [...new Set(items.map(of))];

/** How many of a hundred were kept in time; what is open or waived is not decided. Empty: none is decided. */
export function kept(counts: { met: number; late: number; breached: number }): string {
  const decided = counts.met + counts.late + counts.breached;
  return decided === 0 ? "" : `${((100 * counts.met) / decided).toFixed(1)} %`;
}

function cell(value: Cell): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As a spreadsheet reads it: UTF-8 with a mark, and no text that it would take for a formula. */
export function csv({ heads, rows }: Table): string {
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
