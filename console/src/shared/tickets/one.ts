/** One ticket, and what is promised on it. */
import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Ticket = components["schemas"]["TicketDocument"];
export type Obligation = Omit<components["schemas"]["ObligationDocument"], "segments">;

const SOON_MS = 2000;

/** A ticket; one that was just opened is asked for again until the read model has it. */
export function useTicket(number: string) {
  return useQuery({
    queryKey: ["tickets", number],
    queryFn: () => read(api.GET("/api/tickets/{number}", { params: { path: { number } } })),
    refetchInterval: ({ state }) => (state.data && !state.data.projected ? SOON_MS : false),
  });
}

export function useObligations(number: string) {
  return useQuery({
    queryKey: ["tickets", number, "obligations"],
    queryFn: () => read(api.GET("/api/tickets/{number}/obligations", { params: { path: { number } } })),
  });
}
