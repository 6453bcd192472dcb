/** Who else has a ticket open: said and asked again and again for as long as it stands on the screen. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, read } from "@shared/api/client";
import { useNow } from "@shared/clock/ticker";
import type { Present } from "./stream";

const EVERY_MS = 20_000;

export const presenceKey = (number: string) => ["presence", number];

/** Those who are there at an instant, without whoever asks. */
export const othersAt = (there: Present[], me: string, now: number) => there.filter(({ id, until }) => id !== me && Date.parse(until) > now);

/** Says that somebody has the ticket open, while they look at it, and what they do; answers who else has. */
export function usePresence(number: string, doing: Present["doing"], me: string, isTold: boolean): Present[] {
  const { data, refetch } = useQuery({
    queryKey: presenceKey(number),
    queryFn: async () => (await read(api.PUT("/api/tickets/{number}/presence", { params: { path: { number } }, body: { doing } }))).items,
    // Nobody looks at a page that is hidden: it is not asked for meanwhile.
    refetchInterval: EVERY_MS,
    staleTime: 0,
    retry: false,
    enabled: isTold,
  });
  useEffect(() => {
    if (isTold) void refetch();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- who begins to write says so at once
  }, [doing, isTold, refetch]);
  return othersAt(data ?? [], me, useNow());
}
