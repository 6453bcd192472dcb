import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { useListed } from "@shared/records/listed";
import { tableOf } from "@shared/tables/table";

type Shown = components["schemas"];
export type Customer = Shown["CustomerDocument"];
export type Contract = Shown["ContractDocument"];
export type Authorisation = Shown["AuthorisationDocument"];

const at = (customer: string) => ({ params: { path: { customer } } });

export function useCustomers(asked: { text?: string; active?: boolean }) {
  return useListed(["customers", asked], (cursor) =>
    read(api.GET("/api/customers", { params: { query: { ...asked, ...(cursor && { cursor }) } } })),
  );
}

export function useCustomer(customer: string) {
  return useQuery({
    queryKey: ["customers", "one", customer],
    queryFn: () => read(api.GET("/api/customers/{customer}", at(customer))),
  });
}

export function useContracts(customer: string) {
  return useQuery({
    queryKey: ["customers", "one", customer, "contracts"],
    queryFn: () => read(api.GET("/api/customers/{customer}/contracts", at(customer))),
  });
}

export function useAuthorisations(customer: string) {
  return useQuery({
    queryKey: ["customers", "one", customer, "authorisations"],
    queryFn: () => read(api.GET("/api/customers/{customer}/authorisations", at(customer))),
  });
}

export function useReadAnew() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["customers"] });
}

export const addCustomer = (body: object) => read(api.POST("/api/customers", { body: body as Shown["NewCustomer"] }));

export const changeCustomer = (customer: string, body: object) =>
  read(api.PATCH("/api/customers/{customer}", { ...at(customer), body: body as Shown["ChangedCustomer"] }));

export const addContract = (customer: string, body: object) =>
  read(api.POST("/api/customers/{customer}/contracts", { ...at(customer), body: body as Shown["NewContract"] }));

export const changeContract = ({ customer, id: contract }: Contract, body: object) =>
  read(
    api.PATCH("/api/customers/{customer}/contracts/{contract}", {
      params: { path: { customer, contract } },
      body: body as Shown["ChangedContract"],
    }),
  );

export const authorise = (customer: string, body: object) =>
  read(api.POST("/api/customers/{customer}/authorisations", { ...at(customer), body: body as Shown["NewAuthorisation"] }));

export const revoke = ({ customer, id: authorisation }: Authorisation) =>
  api.DELETE("/api/customers/{customer}/authorisations/{authorisation}", { params: { path: { customer, authorisation } } });

export const bringIn = (file: File, check: boolean) => read(api.POST("/api/customers/import", tableOf(file, check)));
