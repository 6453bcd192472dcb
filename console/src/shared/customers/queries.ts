/** Customers from whom reports are taken, as whoever takes or works on one finds them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Customer = components["schemas"]["DeskCustomer"];

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
