/** The queue's door to the API: pages of a list, tickets by their numbers, and what filters choose between. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { Asked } from "@shared/tickets/queries";
import type { Page } from "./held";

export const readPage = (asked: Asked, limit: number, cursor?: string): Promise<Page> =>
  read(api.GET("/api/tickets", { params: { query: { ...asked, limit, ...(cursor !== undefined && { cursor }) } } }));

export function useColleagues() {
  return useQuery({ queryKey: ["colleagues"], queryFn: () => read(api.GET("/api/colleagues")), staleTime: 300_000 });
}

/** Customers by what somebody typed of their name. */
export function useCustomers(text: string) {
  return useQuery({
    queryKey: ["desk-customers", text],
    queryFn: () => read(api.GET("/api/desk/customers", { params: { query: text === "" ? {} : { text } } })),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}

export const readCustomer = (customer: string) =>
  read(api.GET("/api/desk/customers/{customer}", { params: { path: { customer } } }));
