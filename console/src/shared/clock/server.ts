/** The server's clock, as its answers tell it: what runs out is counted by it, not by this machine's. */
const KEPT = 9;
const offsets: number[] = [];
/** What an earlier page has heard. */
let recalled = 0;

/** Note what an answer says: the offset is its date less the middle of the wait; dates have whole seconds. */
export function heard(date: string | null, sent: number, received: number): void {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(told)) return;
  offsets.push(told + 500 - (sent + received) / 2);
  if (offsets.length > KEPT) offsets.shift();
}

export function offset(): number {
  const sorted = offsets.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? recalled;
}

/** Whether this page has heard the server. */
export const isHeard = () => offsets.length > 0;

/** What counts until this page has heard the server itself. */
export function recall(before: number): void {
  recalled = before;
}

export const serverNow = () => Date.now() + offset();

export function forget(): void {
  offsets.length = 0;
  recalled = 0;
}
