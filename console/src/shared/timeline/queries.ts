import { useInfiniteQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { Entry } from "./entries";

export type Order = "-seq" | "seq";

export interface Asked {
  /** Which; none: all of them. */
  happening: Entry["happening"][];
  order: Order;
}

const A_PAGE = 50;

/** The timeline, page by page. */
export function useTimeline(number: string, asked: Asked) {
  return useInfiniteQuery({
    queryKey: ["tickets", number, "timeline", asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      read(
        api.GET("/api/tickets/{number}/timeline", {
          params: { path: { number }, query: { ...asked, limit: A_PAGE, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    getNextPageParam: ({ next }) => (next ? new URL(next, location.origin).searchParams.get("cursor") : undefined),
  });
}
