/** How a link stands that somebody was given. */
import type { Issued } from "./queries";

export type Standing = "live" | "used" | "ended" | "expired";

export function standing({ used_at, revoked_at, expires_at }: Pick<Issued, "used_at" | "revoked_at" | "expires_at">, now: number): Standing {
  if (used_at !== null) return "used";
  if (revoked_at !== null) return "ended";
  return now < Date.parse(expires_at) ? "live" : "expired";
}

/** Since when it stands so; of one that lives, until when. */
export const instantOf = (link: Pick<Issued, "used_at" | "revoked_at" | "expires_at">): string => link.used_at ?? link.revoked_at ?? link.expires_at;
