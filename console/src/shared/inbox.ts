/** The messages of the reader, and how many of them are unread. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";

const PAGE = 50;
/** Of more the API says so many. */
const MANY = 1000;
/** Where the line is down they are asked for by the clock. */
const EACH_MS = 60_000;

const cursorIn = (next: string | null | undefined) => (next ? (new URLSearchParams(next.split("?")[1]).get("cursor") ?? undefined) : undefined);

/** Page by page, the newest first. */
export function useMessages(unread: boolean) {
  return useInfiniteQuery({
    queryKey: ["inbox", unread],
    queryFn: ({ pageParam: cursor }) =>
      read(api.GET("/api/inbox", { params: { query: { limit: PAGE, ...(unread && { unread }), ...(cursor !== undefined && { cursor }) } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => cursorIn(page.next),
  });
}

/** So many of the unread are looked at for what is to be heard. */
const NEWEST = 20;

const useNewest = () =>
  useQuery({
    queryKey: ["inbox", "unread"],
    queryFn: () => read(api.GET("/api/inbox", { params: { query: { limit: NEWEST, unread: true } } })),
    refetchInterval: EACH_MS,
  });

/** The newest of the unread. */
export const useUnreadMessages = () => useNewest().data?.items;

/** `3`, `999+`, or nothing at all. */
export function useUnread(): string {
  const { data } = useNewest();
  const unread = data?.unread ?? 0;
  if (unread === 0) return "";
  return unread < MANY ? String(unread) : `${MANY - 1}+`;
}
