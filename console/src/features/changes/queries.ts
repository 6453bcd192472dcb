import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { useListed } from "@shared/records/listed";

export type Change = components["schemas"]["ChangeDocument"];

export interface Asked {
  person?: string;
  whom?: string;
  kind?: string;
  from?: string;
  to?: string;
}

export function useChanges(asked: Asked) {
  return useListed(["changes", asked], (cursor) =>
    read(api.GET("/api/registry/changes", { params: { query: { ...asked, ...(cursor && { cursor }) } as never } })),
  );
}
