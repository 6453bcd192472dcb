/**
 * What is said where the time that somebody gave was not taken, by how many seconds it lay beside that of sending: it
 * was still to come, or it lay before the start of what it counts for. Either way the time of sending is on record.
 */
export const claimSaid = (offBy: number) => (offBy > 0 ? "act.claimedAhead" : "act.claimedBefore");
