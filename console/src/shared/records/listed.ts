/** Lists of the API, read a page at a time: where the next page begins stands in the answer. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

interface Page<T> {
  items: T[];
  next?: string | null;
}

export interface Listed<T> {
  rows: T[] | undefined;
  error: Error | null;
  again: () => void;
  /** Reads the next page, where there is one. */
  more: (() => void) | undefined;
  isMoreComing: boolean;
}

/** Out of the address of the next page. */
export function cursorOf(next: string | null | undefined): string | undefined {
  return next ? (new URLSearchParams(next.split("?")[1]).get("cursor") ?? undefined) : undefined;
}

/** All of a list, a page after the other. */
export async function readAll<T>(ask: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next begins
    const page = await ask(cursor);
    all.push(...page.items);
    cursor = cursorOf(page.next);
  } while (cursor !== undefined);
  return all;
}

export function useListed<T>(key: readonly unknown[], ask: (cursor: string | undefined) => Promise<Page<T>>): Listed<T> {
  const found = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: Page<T>) => cursorOf(last.next),
    placeholderData: keepPreviousData,
  });
  return {
    rows: found.data?.pages.flatMap((page) => page.items),
    error: found.error,
    again: () => void found.refetch(),
    more: found.hasNextPage ? () => void found.fetchNextPage() : undefined,
    isMoreComing: found.isFetchingNextPage,
  };
}
