import { useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { useListed } from "@shared/records/listed";

export type Organisation = components["schemas"]["OrganisationDocument"];
type New = components["schemas"]["NewOrganisation"];

export function useOrganisations() {
  return useListed(["organisations", "all"], (cursor) =>
    read(api.GET("/api/organisations", { params: { query: cursor ? { cursor } : {} } })),
  );
}

export function useReadAnew() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["organisations"] });
}

export const addOrganisation = (body: object) => read(api.POST("/api/organisations", { body: body as New }));

export const rename = (organisation: string, name: string, version: number) =>
  read(api.PATCH("/api/organisations/{organisation}", { params: { path: { organisation } }, body: { name, version } }));
