/** What a token may do, as people choose it: each the scopes of the API that it takes. */
import type { components } from "@shared/api/schema";

type Session = components["schemas"]["Signed"];
type Scope = components["schemas"]["MakeToken"]["scopes"][number];

export const SCOPES_OF = {
  read: ["read"],
  open: ["read", "open"],
  work: ["read", "open", "command"],
  administer: ["read", "administer"],
  all: ["all"],
} as const satisfies Record<string, readonly Scope[]>;

export type Rights = keyof typeof SCOPES_OF;

/** Those that their role has at all, the least first. */
export function rightsOf({ role, may_open: mayOpen, commands }: Pick<Session, "role" | "may_open" | "commands">): Rights[] {
  const has: Record<Rights, boolean> = { read: true, open: mayOpen, work: commands.length > 0, administer: role === "administrator", all: true };
  return (Object.keys(has) as Rights[]).filter((each) => has[each]);
}

/** What these scopes are called; nothing where they were put together elsewhere. */
export const rightsIn = (scopes: readonly string[]) =>
  (Object.keys(SCOPES_OF) as Rights[]).find((each) => scopes.toSorted().join(" ") === SCOPES_OF[each].toSorted().join(" "));
