/** What a page waits for is asked for once more: the line that it was asked by may be dead, and nobody says so. */
import type { Query, QueryClient } from "@tanstack/react-query";

/** What a page waits for, and nothing of which has come. */
export const isAwaited = (query: Query) => query.isActive() && query.state.data === undefined && query.state.fetchStatus !== "idle";

export async function askAnew(queries: QueryClient): Promise<void> {
  const keys = queries.getQueryCache().findAll({ predicate: isAwaited }).map(({ queryKey }) => queryKey);
  // One that is under way would be joined, not asked again.
  await Promise.all(keys.map((queryKey) => queries.cancelQueries({ queryKey, exact: true })));
  await Promise.all(keys.map((queryKey) => queries.refetchQueries({ queryKey, exact: true })));
}
