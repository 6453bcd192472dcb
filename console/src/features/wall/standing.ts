/** What a screen that nobody sits at decides by itself. */
import { clock } from "@shared/clock/beijing";
import type { Wall } from "./queries";

/** So long nothing may be heard before the wall says that it stands still. */
export const STILL_MS = 60_000;

/** When it last heard something, where that is too long ago. */
export const stoodSince = (heardAt: number, now: number): number | undefined => (heardAt > 0 && now - heardAt > STILL_MS ? heardAt : undefined);

/** When nobody looks, and a new build does not take the page from under anybody's eyes. */
export const isQuiet = (now: number): boolean => clock(now) === "04:00";

/** Whether a promise was broken since. At midnight the count begins anew. */
export const isBrokenSince = (before: Pick<Wall, "breaches_today"> | undefined, after: Pick<Wall, "breaches_today">): boolean =>
  before !== undefined && after.breaches_today > before.breaches_today;

/** How many of the gravest level of any contract are open. */
export const gravest = ({ open }: Pick<Wall, "open">): number =>
  open.filter(({ place }) => place === 0).reduce((sum, { tickets }) => sum + tickets, 0);

const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1000, 60_000, 3_600_000];
/** From so many of a unit on the next one says it better. */
const TOO_MANY = 120;

/** How long something took, so that it is read at a glance: the word, and its number. */
export function lastedSaid(ms: number): [word: "wall.seconds" | "wall.minutes" | "wall.hours", number: { count: string }] {
  if (ms < TOO_MANY * SECOND_MS) return ["wall.seconds", { count: (ms / SECOND_MS).toFixed(1) }];
  if (ms < TOO_MANY * MINUTE_MS) return ["wall.minutes", { count: (ms / MINUTE_MS).toFixed(0) }];
  return ["wall.hours", { count: (ms / HOUR_MS).toFixed(0) }];
}
