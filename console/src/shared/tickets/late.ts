/** Promises of a ticket that were broken, beside the one that its clock shows already. */
import type { TicketLine } from "./queries";

export function lateBeside({ late = 0, next_due: due }: Pick<TicketLine, "late" | "next_due">, now: number): number {
  return Math.max(0, late - (due && Date.parse(due.due_at) <= now ? 1 : 0));
}
