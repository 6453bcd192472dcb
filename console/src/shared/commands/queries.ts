/** What somebody may do on a ticket, and their commands on the way to it. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import type { Kind } from "./fields";

export type Decision = components["schemas"]["DecisionDocument"];
export type Offers = components["schemas"]["OffersDocument"];

/** A command as it was sent: repeated, it is the same one. */
export interface Body {
  command_id: string;
  kind: Kind;
  occurred_at?: string;
  expect_seq?: number;
  data: Record<string, unknown>;
}

export const offersKey = (number: string) => ["tickets", number, "commands"];

export const offersOf = (number: string) =>
  queryOptions({
    queryKey: offersKey(number),
    queryFn: () => read(api.GET("/api/tickets/{number}/commands", { params: { path: { number } } })),
  });

export const useOffers = (number: string) => useQuery(offersOf(number));

export const send = (number: string, body: Body): Promise<Decision> =>
  // Its data are as the form of its kind made them, which is one of many shapes.
  read(api.POST("/api/tickets/{number}/commands", { params: { path: { number } }, body: body as never }));

export const decisionOn = (number: string, id: string): Promise<Decision> =>
  read(api.GET("/api/tickets/{number}/commands/{command_id}", { params: { path: { number, command_id: id } } }));

/** An id of one's own making: on plain HTTP there is no `randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, place) => {
    if (place === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, "0");
    if (place === 8) return ((byte & 0x3f) | 0x80).toString(16).padStart(2, "0");
    return byte.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
