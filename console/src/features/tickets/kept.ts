/** The order of the lists that somebody keeps. */

interface Placed {
  id: string;
  own: boolean;
  position: number;
}

/** Behind all others of theirs. */
export const nextPosition = (views: readonly Placed[]) => Math.max(-1, ...views.filter(({ own }) => own).map(({ position }) => position)) + 1;

/** What has to stand elsewhere for one of them to come a place earlier, each with its new place. */
export function movedUp<T extends Placed>(own: readonly T[], id: string): { view: T; position: number }[] {
  const at = own.findIndex((each) => each.id === id);
  const [before, mine] = [own[at - 1], own[at]];
  if (before === undefined || mine === undefined) return [];
  const order = own.toSpliced(at - 1, 2, mine, before);
  return order.map((view, position) => ({ view, position })).filter(({ view, position }) => view.position !== position);
}
