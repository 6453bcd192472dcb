import type { Obligation } from "./queries";

const RUNS = new Set(["running", "paused", "breached"]);

function rank({ state, met_at: met }: Obligation): number {
  if (met !== null) return 1;
  return RUNS.has(state) ? 0 : 2;
}

const due = (each: Obligation) => Date.parse(each.due_at ?? "9999-12-31T00:00:00Z");

/** What still has to be done first, by its due time; then what is done or rests. */
export function inOrder(promises: Obligation[]): Obligation[] {
  return promises.toSorted((one, other) => rank(one) - rank(other) || due(one) - due(other));
}
