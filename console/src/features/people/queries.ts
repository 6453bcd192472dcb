import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { readAll, useListed } from "@shared/records/listed";
import { tableOf } from "@shared/tables/table";

export type Person = components["schemas"]["PersonDocument"];
export type Role = Person["role"];
type New = components["schemas"]["NewPerson"];
type Changed = components["schemas"]["ChangedPerson"];
export type Identity = components["schemas"]["IdentityDocument"];

export interface Asked {
  text?: string;
  role?: Role;
  active?: boolean;
  customer?: string;
}

export function usePeople(asked: Asked) {
  return useListed(["people", asked], (cursor) =>
    read(api.GET("/api/people", { params: { query: { ...asked, ...(cursor && { cursor }) } as never } })),
  );
}

const at = (person: string) => ({ params: { path: { person } } });

export function usePerson(person: string) {
  return useQuery({ queryKey: ["people", "one", person], queryFn: () => read(api.GET("/api/people/{person}", at(person))) });
}

export function useOrganisations() {
  return useQuery({
    queryKey: ["organisations", "names"],
    queryFn: () => readAll((cursor) => read(api.GET("/api/organisations", { params: { query: pageAt(cursor) } }))),
  });
}

const pageAt = (cursor: string | undefined) => ({ limit: 1000, ...(cursor && { cursor }) });

/** The names of all organisations and customers. */
export function useNames(): (id: string) => string {
  const organisations = useOrganisations().data ?? [];
  const customers = useQuery({
    queryKey: ["customers", "names"],
    queryFn: () => readAll((cursor) => read(api.GET("/api/customers", { params: { query: pageAt(cursor) } }))),
  });
  const names = new Map([...organisations, ...(customers.data ?? [])].map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

export function useAccess(person: string) {
  return {
    sessions: useQuery({
      queryKey: ["people", "one", person, "sessions"],
      queryFn: () => read(api.GET("/api/people/{person}/sessions", at(person))),
    }),
    tokens: useQuery({
      queryKey: ["people", "one", person, "tokens"],
      queryFn: () => read(api.GET("/api/people/{person}/tokens", at(person))),
    }),
    identities: useQuery({
      queryKey: ["people", "one", person, "identities"],
      queryFn: () => read(api.GET("/api/people/{person}/identities", at(person))),
    }),
  };
}

export const addPerson = (body: object) => read(api.POST("/api/people", { body: body as New }));

export const changePerson = (person: string, body: object) =>
  read(api.PATCH("/api/people/{person}", { ...at(person), body: body as Changed }));

export const askPassword = (person: string) => read(api.POST("/api/people/{person}/password", at(person)));

export const endSessions = (person: string) => api.DELETE("/api/people/{person}/sessions", at(person));

export const revokeToken = (person: string, token: string) =>
  api.DELETE("/api/people/{person}/tokens/{token}", { params: { path: { person, token } } });

export const bindIdentity = (person: string, provider: string, subject: string) =>
  api.POST("/api/people/{person}/identities", { ...at(person), body: { provider, subject } });

export const unbindIdentity = (person: string, { provider, subject }: Identity) =>
  api.DELETE("/api/people/{person}/identities/{provider}/{subject}", { params: { path: { person, provider, subject } } });

export const bringIn = (file: File, check: boolean) => read(api.POST("/api/people/import", tableOf(file, check)));
