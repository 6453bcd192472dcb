/** How a link stands that somebody was given. */
import type { Issued } from "./queries";

export type Standing = "live" | "used" | "ended" | "expired" | "needless";

export function standing({ used_at, revoked_at, expires_at, is_asked }: Pick<Issued, "used_at" | "revoked_at" | "expires_at" | "is_asked">, now: number): Standing {
  if (used_at !== null) return "used";
  if (revoked_at !== null) return "ended";
  if (now >= Date.parse(expires_at)) return "expired";
  return is_asked ? "live" : "needless";
}

/** Since when it stands so; of one that lives, until when. */
export const instantOf = (link: Pick<Issued, "used_at" | "revoked_at" | "expires_at">): string => link.used_at ?? link.revoked_at ?? link.expires_at;
