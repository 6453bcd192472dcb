/** Which rows of a long list stand on the screen; numbers alone. */

/** Rows beyond the edges, so that a quick wheel finds them there. */
const OVER = 4;
/** Rows of a page. A page ahead of the eye is fetched before it gets there. */
export const PAGE = 200;
/** For somebody who jumps far. */
export const LARGE_PAGE = 1000;
/** So many are kept; who looks for more should narrow it. */
export const MOST = 10_000;

export interface Sight {
  /** How far it is scrolled, how high the area is and each row of it. */
  top: number;
  height: number;
  row: number;
}

/** The rows from `from`, before `to`. */
export function windowOf({ top, height, row }: Sight, count: number): { from: number; to: number } {
  const from = Math.floor(top / row) - OVER;
  const to = Math.ceil((top + height) / row) + OVER;
  return { from: Math.max(0, Math.min(from, count)), to: Math.max(0, Math.min(to, count)) };
}

/** Elements for as many rows as a window of this height ever holds: one that leaves it lends its own to the next. */
export const slotsOf = ({ height, row }: Sight): number => Math.ceil(height / row) + 1 + 2 * OVER;

/** How many rows to fetch next so that the window has a page ahead of it; none: 0. */
export function ahead(to: number, held: number, hasMore: boolean): number {
  const missing = to + PAGE - held;
  if (!hasMore || missing <= 0 || held >= MOST) return 0;
  return Math.min(missing > PAGE ? LARGE_PAGE : PAGE, MOST - held);
}

/** Scrolled as little as brings a row into sight. */
export function bringIn(place: number, { top, height, row }: Sight): number {
  if (place * row < top) return place * row;
  return (place + 1) * row > top + height ? (place + 1) * row - height : top;
}

/** Scrolled so that a row stands where it stood: `offset` below the upper edge. */
export const anchored = (place: number, offset: number, row: number) => Math.max(0, place * row - offset);

/** The place that a step leads to. */
export const stepped = (place: number, by: number, count: number) => Math.max(0, Math.min(count - 1, place + by));
