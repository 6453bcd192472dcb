/** Lists of tickets, as several pages ask for them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components, paths } from "@shared/api/schema";

export type TicketLine = components["schemas"]["TicketLine"];
export type Stage = components["schemas"]["Stage"];
export type Asked = NonNullable<paths["/api/tickets"]["get"]["parameters"]["query"]>;

/** Stages in which work goes on; closed tickets may still owe a survey, and have a due time for it. */
export const OPEN: Stage[] = ["triage", "phone", "remote", "onsite", "expert", "vendor", "emergency"];

export function useTickets(asked: Asked, enabled = true) {
  return useQuery({
    queryKey: ["tickets", asked],
    queryFn: () => read(api.GET("/api/tickets", { params: { query: asked } })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCounts(enabled = true) {
  return useQuery({ queryKey: ["counts"], queryFn: () => read(api.GET("/api/counts")), enabled });
}
