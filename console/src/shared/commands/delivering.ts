/** What became of a command that was sent, and what an answer that is no decision means for it. */
import { ApiProblem, SAYS_NOTHING } from "@shared/api/problems";
import type { Body, Decision } from "./queries";

export type Fate =
  | { is: "open" }
  | { is: "sending" }
  /** Nobody said what became of it: the same body may be sent again, and is recorded once. */
  | { is: "unknown"; says?: string }
  | { is: "pending" }
  | { is: "refused"; reason: string; says: string }
  | { is: "wrong"; problem: ApiProblem };

export interface Doors {
  send: (body: Body) => Promise<Decision>;
  decisionOn: (id: string) => Promise<Decision>;
}

/** What an answer that is no decision means for a command; `seq`: the entry of a refusal. */
export interface Told {
  fate: Fate;
  isKnown: boolean;
  seq?: number | undefined;
}

/**
 * Sends a body and says what became of it. One whose first answer was lost may be on record: whatever now stands in
 * the way of sending it again, a session that has ended or a right, it is asked for before it counts as not recorded.
 */
export async function deliver(body: Body, isAgain: boolean, doors: Doors): Promise<Decision | Told> {
  try {
    return await doors.send(body);
  } catch (error) {
    const told = fateOf(error);
    if (!isAgain || told.fate.is !== "wrong") return told;
    const { problem } = told.fate;
    return doors.decisionOn(body.command_id).catch((none: unknown): Told => {
      const isNowhere = none instanceof ApiProblem && none.status === 404;
      return isNowhere && !SAYS_NOTHING.has(problem.status) ? told : { fate: { is: "unknown", says: problem.message }, isKnown: false };
    });
  }
}

/** Of a body that was sent once. */
export function fateOf(error: unknown): Told {
  if (!(error instanceof ApiProblem)) return { fate: { is: "unknown" }, isKnown: false };
  if (error.status >= 500) return { fate: { is: "unknown", says: error.message }, isKnown: false };
  if (error.status === 409) {
    const fate: Fate = { is: "refused", reason: error.told.reason ?? "", says: error.message };
    return { fate, isKnown: true, seq: error.told.seq ?? undefined };
  }
  return { fate: { is: "wrong", problem: error }, isKnown: true };
}
