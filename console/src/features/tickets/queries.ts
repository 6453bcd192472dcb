/** The queue's door to the API: pages of a list, tickets by their numbers, and what filters choose between. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import { NoAnswer } from "@shared/api/problems";
import type { Asked } from "@shared/tickets/queries";
import type { Held, News, Page } from "./held";

/** So many tickets can be asked for by their numbers. */
export const AT_ONCE = 200;

export const readPage = (asked: Asked, limit: number, cursor?: string): Promise<Page> =>
  read(api.GET("/api/tickets", { params: { query: { ...asked, limit, ...(cursor !== undefined && { cursor }) } } }));

/** What the list can be saved as: a workbook, or text between commas. */
export const SHEETS = ["xlsx", "csv"] as const;
export type SheetForm = (typeof SHEETS)[number];

/** The whole list as a file, with the name that the API gives it. */
export async function readSheet(asked: Asked, format: SheetForm): Promise<{ blob: Blob; name: string }> {
  const { data, response } = await api.GET("/api/tickets/export", { params: { query: { ...asked, format } }, parseAs: "blob" });
  if (!(data instanceof Blob)) throw new NoAnswer("empty");
  return { blob: data, name: nameIn(response.headers.get("content-disposition")) ?? `tickets.${format}` };
}

export const nameIn = (disposition: string | null) => /filename="([^"]+)"/.exec(disposition ?? "")?.[1];

/** Which of these tickets fit a list, and how those of it stand that do not. */
export async function readNews(asked: Asked, numbers: readonly string[], held: Held["lines"]): Promise<News> {
  const fitting = (await readPage({ ...asked, number: [...numbers] }, AT_ONCE)).items;
  const fits = new Set(fitting.map(({ number }) => number));
  const left = numbers.filter((number) => held.has(number) && !fits.has(number));
  if (left.length === 0) return { numbers, fitting, others: [] };
  const { items } = await readPage({ number: left, ...(asked.drill !== undefined && { drill: asked.drill }) }, AT_ONCE);
  return { numbers, fitting, others: items };
}

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
