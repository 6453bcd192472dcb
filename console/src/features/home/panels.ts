/** What stands on somebody's first page: lists, each with the address of the queue that shows all of it. */
import { OPEN, type Asked } from "@shared/tickets/queries";
import { WORK, type Role } from "@shared/tickets/role";

export interface Panel {
  id: "late" | "soon" | "mine" | "approval" | "survey" | "part" | "consultation";
  asked: Asked;
  address: string;
  /** Its tickets wait for an answer of the customer. */
  isWaiting?: true;
}

const SOON_MIN = 30;

/** Whoever sees to nothing of its own sees what waits for an approval. */
export function panelsOf(role: Role): Panel[] {
  const sort = "next_due_at";
  const work = WORK[role];
  return [
    { id: "late", address: "view=late", asked: { stage: OPEN, overdue: true, sort } },
    { id: "soon", address: "view=soon", asked: { stage: OPEN, due_within: SOON_MIN, sort } },
    { id: "mine", address: "view=mine", asked: { stage: OPEN, mine: true, sort } },
    work === undefined
      ? { id: "approval", address: "waits_for=approval", asked: { waits_for: ["approval"], sort }, isWaiting: true }
      : { id: work, address: `work=${work}`, asked: { work: [work], sort } },
  ];
}
