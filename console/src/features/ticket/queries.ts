import { useInfiniteQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";

const A_PAGE = 50;

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
