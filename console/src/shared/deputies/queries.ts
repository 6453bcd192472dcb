import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

type Shown = components["schemas"];
export type Deputy = Shown["DeputyDocument"];

const key = (customer: string) => ["deputies", customer];
const at = (customer: string) => ({ params: { path: { customer } } });
const MOST = 100;

/** Who answers in whose place, also those whose time is over; named last come first. */
export function useDeputies(customer: string) {
  return useQuery({
    queryKey: key(customer),
    queryFn: () => read(api.GET("/api/customers/{customer}/deputies", { params: { path: { customer }, query: { limit: MOST } } })),
  });
}

export function useReadAnew(customer: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: key(customer) });
}

export const nameDeputy = (customer: string, body: object) =>
  read(api.POST("/api/customers/{customer}/deputies", { ...at(customer), body: body as Shown["NewDeputy"] }));

export const endDeputyship = ({ customer, id: deputy }: Deputy) =>
  api.DELETE("/api/customers/{customer}/deputies/{deputy}", { params: { path: { customer, deputy } } });
