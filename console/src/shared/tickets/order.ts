import type { Obligation } from "./one";

function rank({ open, state, met_at: met }: Obligation): number {
  if (open) return 0;
  return met !== null || state === "breached" ? 1 : 2;
}

const due = (each: Obligation) => Date.parse(each.due_at ?? "9999-12-31T00:00:00Z");

/** What still has to be done first, by its due time; then what is done or rests. */
export function inOrder(promises: Obligation[]): Obligation[] {
  return promises.toSorted((one, other) => rank(one) - rank(other) || due(one) - due(other));
}
