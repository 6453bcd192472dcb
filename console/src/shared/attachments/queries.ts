import { useInfiniteQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";

export const attachmentsKey = (number: string) => ["tickets", number, "attachments"];

const A_PAGE = 100;

/** The ticket's attachments, oldest first. */
export function useAttachments(number: string) {
  return useInfiniteQuery({
    queryKey: attachmentsKey(number),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) =>
      read(
        api.GET("/api/tickets/{number}/attachments", {
          params: { path: { number }, query: { limit: A_PAGE, ...(cursor ? { cursor } : {}) } },
        }),
      ),
    getNextPageParam: ({ next }) => (next ? new URL(next, location.origin).searchParams.get("cursor") : undefined),
  });
}

/** Where a file is; a picture to be looked at, all others to be saved. */
export const addressOf = (number: string, id: string, isPicture: boolean) =>
  `/api/tickets/${number}/attachments/${id}${isPicture ? "?show=true" : ""}`;
