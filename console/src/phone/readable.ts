/** How long what was read may stay to be read, where nobody says that its reader still may. Pure. */

/** Whom the server last answered, by the phone's own clock, and the latest that this clock was seen at since. */
export interface Answered {
  user: string;
  at: number;
  latest: number;
}

/** As long as a session lasts at most (docs/sign-in.md): behind it the server would say no. */
const LONGEST_MS = 12 * 3_600_000;
/** A clock goes back by as much when it is put right; by more, nobody knows how long it has been. */
const BACK_MS = 120_000;

export const answeredAt = (user: string, now: number): Answered => ({ user, at: now, latest: now });

/** A clock that is put back makes nothing younger. */
export const seenAt = (answered: Answered, now: number): Answered => ({ ...answered, latest: Math.max(answered.latest, now) });

export function mayRead(user: string, answered: Answered | undefined, now: number): boolean {
  if (answered?.user !== user || now < answered.latest - BACK_MS) return false;
  return Math.max(now, answered.latest) - answered.at < LONGEST_MS;
}
