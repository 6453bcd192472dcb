import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { digitsOf, ENOUGH } from "./phone";

/** What may be left out is described as if it were always there. */
type Sent<T, Needed extends keyof T> = Pick<T, Needed> & Partial<T>;
type OpenTicket = components["schemas"]["OpenTicket"];
export type Body = Sent<
  Omit<OpenTicket, "customer" | "facts">,
  "contract" | "title" | "description" | "channel" | "contact"
> & { customer: Partial<OpenTicket["customer"]>; facts?: Partial<NonNullable<OpenTicket["facts"]>> };
type WorkOut = Sent<Omit<components["schemas"]["WorkOut"], "facts">, "contract"> & Pick<Body, "facts">;
export type Caller = components["schemas"]["CallerDocument"];
export type Customer = components["schemas"]["DeskCustomer"];
export type Promised = components["schemas"]["PromiseDocument"];
export type Pack = Pick<components["schemas"]["PackDocument"], "levels" | "fact_defaults" | "clauses">;

const OFTEN_MS = 60_000;

/** The answer before stands until the next one comes, but never as another customer's, or another contract's. */
export const whileSame =
  (place: number, value: unknown) =>
  <T>(previous: T | undefined, of: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    of?.queryKey[place] === value ? previous : undefined;

export function useCallers(phone: string) {
  return useQuery({
    // Below the tickets, for what happens to those is heard of.
    queryKey: ["tickets", "callers", phone],
    queryFn: () => read(api.GET("/api/desk/callers", { params: { query: { phone } } })),
    enabled: digitsOf(phone).length >= ENOUGH,
    staleTime: 0,
  });
}

export function useCustomers(text: string, enabled: boolean) {
  return useQuery({
    queryKey: ["desk-customers", text],
    queryFn: () => read(api.GET("/api/desk/customers", { params: { query: text === "" ? {} : { text } } })),
    placeholderData: keepPreviousData,
    enabled,
  });
}

export function useCustomer(id: string | null | undefined) {
  return useQuery({
    queryKey: ["tickets", "customer", id],
    queryFn: () => read(api.GET("/api/desk/customers/{customer}", { params: { path: { customer: id ?? "" } } })),
    enabled: Boolean(id),
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

export function usePacks(enabled: boolean) {
  return useQuery({
    queryKey: ["packs"],
    queryFn: () => read(api.GET("/api/packs")),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePack(pack: string) {
  return useQuery({
    queryKey: ["pack", pack],
    queryFn: () => read(api.GET("/api/packs/{pack}", { params: { path: { pack } } })),
    enabled: pack !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What would be promised; of a report that comes now it is asked again each minute. */
export function usePromises(asked: WorkOut) {
  return useQuery({
    queryKey: ["promises", asked.contract, asked],
    queryFn: () => read(api.POST("/api/promises", { body: asked as components["schemas"]["WorkOut"] })),
    placeholderData: whileSame(1, asked.contract),
    enabled: asked.contract !== "",
    refetchInterval: asked.received_at ? false : OFTEN_MS,
    retry: false,
  });
}

export const open = (key: string, body: Body) =>
  read(api.POST("/api/tickets", { body: body as OpenTicket, params: { header: { "Idempotency-Key": key } } }));
