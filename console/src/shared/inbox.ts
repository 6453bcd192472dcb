/** The messages of the reader, and how many of them are unread. */
import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";

const MOST = 100;

export function useMessages() {
  return useQuery({
    queryKey: ["inbox"],
    queryFn: () => read(api.GET("/api/inbox", { params: { query: { limit: MOST } } })),
    refetchInterval: 60_000,
  });
}

/** `3`, `99+`, or nothing at all. */
export function useUnread(): string {
  const { data } = useMessages();
  const unread = data?.items.filter((each) => each.read_at === null).length ?? 0;
  if (unread === 0) return "";
  return unread < MOST ? String(unread) : `${MOST - 1}+`;
}
