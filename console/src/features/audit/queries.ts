import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import { NoAnswer } from "@shared/api/problems";
import type { components, paths } from "@shared/api/schema";
import { second } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { readAll, useListed } from "@shared/records/listed";

export type Line = components["schemas"]["TicketLine"];
export type Ticket = components["schemas"]["TicketDocument"];
export type Verdict = components["schemas"]["VerdictDocument"];
export type Part = components["schemas"]["PartDocument"];
export type WhatIf = NonNullable<ReturnType<typeof useWhatIf>["data"]>;
export type Comparison = WhatIf["tickets"][number];
export type Pair = Comparison["promises"][number];
export type Asked = NonNullable<paths["/api/tickets"]["get"]["parameters"]["query"]>;
/** What may be left out is described as if it were always there. */
export type Question = Pick<components["schemas"]["AskWhatIf"], "contract" | "numbers"> & { edited?: string };

const A_PAGE = 200;

/** Tickets whose life is over, those that were taken last first. */
export function useClosed(asked: Asked) {
  const query: Asked = { ...asked, stage: ["closed"], sort: "-received_at", limit: 50 };
  return useListed(["tickets", "audit", asked], (cursor) =>
    read(api.GET("/api/tickets", { params: { query: { ...query, ...(cursor !== undefined && { cursor }) } } })),
  );
}

const YEARS = 9;

/** The numbers under which there were tickets, for as many years as statistics can be asked about. */
export function useContracts() {
  return useQuery({
    queryKey: ["statistics", "contracts"],
    queryFn: async () => {
      const query = { from: `${Number(second(serverNow()).slice(0, 4)) - YEARS + 1}-01`, by: "contract" } as const;
      const { items } = await read(api.GET("/api/statistics/promises", { params: { query } }));
      return items.map(({ group }) => group);
    },
  });
}

/** All that happened, from the beginning on. */
export function useWholeTimeline(number: string) {
  return useQuery({
    queryKey: ["tickets", number, "timeline", "whole"],
    queryFn: () =>
      readAll((cursor) =>
        read(
          api.GET("/api/tickets/{number}/timeline", {
            params: { path: { number }, query: { order: "seq", limit: A_PAGE, ...(cursor !== undefined && { cursor }) } },
          }),
        ),
      ),
  });
}

/** Asked when somebody says so, for it replays all of the ticket. */
export function useVerdict(number: string) {
  return useQuery({
    queryKey: ["verdict", number],
    queryFn: () => read(api.GET("/api/tickets/{number}/verdict", { params: { path: { number } } })),
    enabled: false,
    retry: false,
  });
}

export async function readBundle(number: string): Promise<Blob> {
  const { data } = await api.GET("/api/tickets/{number}/evidence", { params: { path: { number } }, parseAs: "blob" });
  if (!((data as unknown) instanceof Blob)) throw new NoAnswer("empty");
  return data as unknown as Blob;
}

/** What would have come of tickets under other terms; nothing before it is asked. */
export function useWhatIf(asked: Question | undefined) {
  return useQuery({
    queryKey: ["what-if", asked],
    queryFn: () => read(api.POST("/api/what-if", { body: asked as components["schemas"]["AskWhatIf"] })),
    enabled: asked !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
