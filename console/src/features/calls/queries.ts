import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { useListed } from "@shared/records/listed";

export type MissedCall = components["schemas"]["MissedCallDocument"];

const A_PAGE = 50;

/** Calls that nobody took, the newest first; `waiting`: those that nobody has returned. */
export function useMissedCalls(waiting: boolean) {
  return useListed(["calls", "missed", waiting], (cursor) =>
    read(api.GET("/api/desk/calls/missed", { params: { query: { limit: A_PAGE, waiting, ...(cursor && { cursor }) } } })),
  );
}
