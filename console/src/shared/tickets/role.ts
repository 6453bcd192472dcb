/** What waits for whoever has a role, as a list of the queue. */
import type { components } from "@shared/api/schema";

export type Role = components["schemas"]["Role"];

/** What is to be done beside a ticket's own course, by who sees to it. */
export const WORK: Partial<Record<Role, "survey" | "part" | "consultation">> = {
  supervisor: "survey",
  stock_keeper: "part",
  expert: "consultation",
};

export type ForRole = "survey" | "part" | "consultation" | "approval" | "unassigned";

const OTHERS: Partial<Record<Role, ForRole>> = {
  hotline: "unassigned",
  project_manager: "approval",
  duty_manager: "approval",
  leader: "approval",
};

export const forRole = (role: Role): ForRole | undefined => WORK[role] ?? OTHERS[role];

export function addressFor(which: ForRole): URLSearchParams {
  if (which === "approval") return new URLSearchParams({ waits_for: which });
  if (which === "unassigned") return new URLSearchParams({ view: "open", assignee: "-" });
  return new URLSearchParams({ work: which });
}
