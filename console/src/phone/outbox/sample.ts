/** Acts for tests. */
import type { Act } from "./acts";

export const NOW = Date.parse("2026-11-26T06:00:00Z");
const HOUR = 3_600_000;

/** An act as the phone makes it, whose clock was right. */
export function act(id: string, number: string, change: Partial<Act> = {}): Act {
  return {
    id, number, user: "engineer", userName: "Li", kind: "note", data: { text: id }, at: new Date(NOW - HOUR).toISOString(),
    offset: 0, heardAt: NOW - 2 * HOUR, made: 0, from: 0, state: "waiting", sent: false, checked: false, files: [], ...change,
  };
}
