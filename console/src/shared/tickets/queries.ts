/** Lists of tickets, as several pages ask for them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components, paths } from "@shared/api/schema";

export type TicketLine = components["schemas"]["TicketLine"];
export type Stage = components["schemas"]["Stage"];
export type Asked = NonNullable<paths["/api/tickets"]["get"]["parameters"]["query"]>;

/** Stages in which work goes on; closed tickets may still owe a survey, and have a due time for it. */
export const OPEN: Stage[] = ["triage", "phone", "remote", "onsite", "expert", "vendor", "emergency"];

/** Tickets fall due by time alone, which nobody is told of. */
const EACH_MS = 60_000;

export function useTickets(asked: Asked, enabled = true) {
  return useQuery({
    queryKey: ["tickets", asked],
    queryFn: () => read(api.GET("/api/tickets", { params: { query: asked } })),
    placeholderData: keepPreviousData,
    refetchInterval: EACH_MS,
    enabled,
  });
}

/** How many tickets each of these lists holds, by its id; and how many are open, by pack and level. */
export function useCounts(views: Record<string, Asked>, enabled = true) {
  return useQuery({
    queryKey: ["counts", views],
    queryFn: () => {
      const asked = Object.entries(views).map(([id, query]) => ({ id, query }));
      // What is left out of a query is as if it were not asked.
      return read(api.POST("/api/counts", { body: { views: asked as never } }));
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    refetchInterval: EACH_MS,
    enabled,
  });
}

/** How many tickets stand in each stage. */
export function useStages() {
  return useQuery({ queryKey: ["counts"], queryFn: () => read(api.GET("/api/counts")) });
}

/** As a number is shown: 10,000 and more are not counted to the end. */
export const shown = ({ count, exact }: { count: number; exact: boolean }) => `${count}${exact ? "" : "+"}`;
