/** How a call stands that nobody took. */
import type { MissedCall } from "./queries";

/** `again`: the caller has called again, and somebody took that. */
export type Standing = "waits" | "late" | "returned" | "returnedLate" | "again";

export function standing({ return_by, returned_at, returned_by }: Pick<MissedCall, "return_by" | "returned_at" | "returned_by">, now: number): Standing {
  const due = return_by === null ? Infinity : Date.parse(return_by);
  if (returned_at === null) return now > due ? "late" : "waits";
  if (returned_by === null) return "again";
  return Date.parse(returned_at) > due ? "returnedLate" : "returned";
}
