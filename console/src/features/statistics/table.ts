/** What is counted for a picture, and for the table behind it. */

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
