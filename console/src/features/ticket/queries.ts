import { useInfiniteQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { TOLD } from "@shared/commands/fields";
import { ALARMS, type Entry } from "@shared/timeline/entries";

export type Ticket = components["schemas"]["TicketDocument"];
export type Obligation = Omit<components["schemas"]["ObligationDocument"], "segments">;
export type Order = "-seq" | "seq";
/** Which entries: all, those that the customer reads too, alarms, what was refused. */
export type Which = "all" | "told" | "alarms" | "refused";

const OF: Record<Which, Entry["happening"][]> = {
  all: [],
  told: [...TOLD] as Entry["happening"][],
  alarms: ALARMS,
  refused: ["command_refused"],
};

const A_PAGE = 50;

/** The timeline, page by page. */
export function useTimeline(number: string, which: Which, order: Order) {
  return useInfiniteQuery({
    queryKey: ["tickets", number, "timeline", which, order],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      read(
        api.GET("/api/tickets/{number}/timeline", {
          params: { path: { number }, query: { order, limit: A_PAGE, happening: OF[which], ...(cursor ? { cursor } : {}) } },
        }),
      ),
    getNextPageParam: ({ next }) => (next ? new URL(next, location.origin).searchParams.get("cursor") : undefined),
  });
}

/** Whom the ticket has told what, page by page. */
export function useNotified(number: string) {
  return useInfiniteQuery({
    queryKey: ["tickets", number, "notified"],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      read(
        api.GET("/api/tickets/{number}/told", {
          params: { path: { number }, query: { limit: A_PAGE, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    getNextPageParam: ({ next }) => (next ? new URL(next, location.origin).searchParams.get("cursor") : undefined),
  });
}
