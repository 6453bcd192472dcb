import type { Kind, Offer } from "@shared/commands/fields";
import { FORMS } from "@shared/commands/fields";
import { GROUPS, ORDER, TABLE, type Group } from "@shared/commands/table";
import type { Obligation } from "@shared/tickets/one";

export interface Offered {
  /** What keeps a promise that runs, the one that is due first before the others; then what is proposed. */
  next: Offer[];
  groups: [Group, Offer[]][];
  not: Offer[];
}

/** What may be done, in the order in which one would do it; each once. */
export function inOrderOf(offers: Offer[], promises: Obligation[], isProposed: boolean): Offered {
  const sorted = offers.toSorted((one, other) => ORDER.indexOf(one.kind as Kind) - ORDER.indexOf(other.kind as Kind));
  const possible = sorted.filter((each) => each.possible);
  const due = (offer: Offer) => {
    const kind = FORMS[offer.kind as Kind].mainly;
    const open = promises.filter((each) => each.kind === kind && each.open && each.due_at);
    return Math.min(...open.map(({ due_at: at }) => Date.parse(at ?? "")));
  };
  const keeping = possible
    .filter((each) => Number.isFinite(due(each)) && !TABLE[each.kind as Kind].grave)
    .toSorted((one, other) => due(one) - due(other));
  const proposed = isProposed ? possible.filter(({ kind }) => kind === "advance") : [];
  const next = [...keeping, ...proposed];
  const rest = possible.filter((each) => !next.includes(each));
  const groups = GROUPS.map((group): [Group, Offer[]] => [group, rest.filter(({ kind }) => TABLE[kind as Kind].group === group)]);
  return { next, groups: groups.filter(([, inIt]) => inIt.length > 0), not: sorted.filter((each) => !each.possible) };
}
