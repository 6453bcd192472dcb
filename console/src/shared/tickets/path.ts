/** Where the page of a ticket stands: the desk's, or that of people outside. */
import { isOurs, useSession } from "@shared/session";

export function usePathOf(): (number: string) => string {
  const under = isOurs(useSession()) ? "/tickets" : "/my";
  return (number) => `${under}/${number}`;
}
