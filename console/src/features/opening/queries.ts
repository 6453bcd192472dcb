import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { whileSame, type Facts } from "@shared/promises/queries";
import { digitsOf, ENOUGH } from "@shared/phone";

/** What may be left out is described as if it were always there. */
type Sent<T, Needed extends keyof T> = Pick<T, Needed> & Partial<T>;
type OpenTicket = components["schemas"]["OpenTicket"];
export type Body = Sent<
  Omit<OpenTicket, "customer" | "facts">,
  "contract" | "title" | "description" | "channel" | "contact"
> & { customer: Partial<OpenTicket["customer"]>; facts?: Facts };
export type Caller = components["schemas"]["CallerDocument"];

export function useCallers(phone: string) {
  return useQuery({
    // Below the tickets, for what happens to those is heard of.
    queryKey: ["tickets", "callers", phone],
    queryFn: () => read(api.GET("/api/desk/callers", { params: { query: { phone } } })),
    enabled: digitsOf(phone).length >= ENOUGH,
    staleTime: 0,
  });
}

export function useSimilar(text: string, customer: string | null | undefined) {
  return useQuery({
    queryKey: ["tickets", "similar", text, customer],
    queryFn: () => read(api.GET("/api/desk/similar", { params: { query: { text, ...(customer && { customer }) } } })),
    placeholderData: whileSame(3, customer),
    enabled: text.length > 1,
  });
}

export const open = (key: string, body: Body) =>
  read(api.POST("/api/tickets", { body: body as OpenTicket, params: { header: { "Idempotency-Key": key } } }));
