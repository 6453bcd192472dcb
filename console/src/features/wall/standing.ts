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
