/** What a token may do, as people choose it: each the scopes of the API that it takes. */
import type { components } from "@shared/api/schema";
import { readsAtADesk } from "@shared/session";

type Session = components["schemas"]["Signed"];
type Scope = components["schemas"]["MakeToken"]["scopes"][number];

export const SCOPES_OF = {
  wall: ["wall"],
  telephone: ["telephone"],
  read: ["read"],
  open: ["read", "open"],
  work: ["read", "open", "command"],
  administer: ["read", "administer"],
  all: ["all"],
} as const satisfies Record<string, readonly Scope[]>;

export type Rights = keyof typeof SCOPES_OF;

/** Those that their role has at all, the least first. */
export function rightsOf(session: Pick<Session, "role" | "may_open" | "may_read" | "commands">): Rights[] {
  const { role, may_open: open, commands } = session;
  const has: Record<Rights, boolean> = { wall: readsAtADesk(session), telephone: role === "hotline" || role === "administrator", read: true, open, work: commands.length > 0, administer: role === "administrator", all: true };
  return (Object.keys(has) as Rights[]).filter((each) => has[each]);
}

/** What these scopes are called; nothing where they were put together elsewhere. */
export const rightsIn = (scopes: readonly string[]) =>
  (Object.keys(SCOPES_OF) as Rights[]).find((each) => scopes.toSorted().join(" ") === SCOPES_OF[each].toSorted().join(" "));
