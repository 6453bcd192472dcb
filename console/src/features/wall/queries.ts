import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Wall = components["schemas"]["WallDocument"];

export const EACH_MS = 10_000;
/** What hangs so long is asked again. */
const WITHIN_MS = 20_000;

/** Asked again and again, whatever came of it; with a token of its own where the screen has one. */
export function useWall(token: string) {
  return useQuery({
    queryKey: ["wall", token],
    queryFn: () =>
      read(api.GET("/api/wall", { signal: AbortSignal.timeout(WITHIN_MS), ...(token !== "" && { headers: { Authorization: `Bearer ${token}` } }) })),
    refetchInterval: EACH_MS,
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
  });
}
