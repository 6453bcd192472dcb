import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import type { WholePack } from "@shared/promises/queries";

export type Clause = WholePack["clauses"][number];
export type Hours = WholePack["hours"][number];
export type Finding = components["schemas"]["FindingDocument"];

/** Conflicts between clauses, and values that the customer did not give us. */
export function useFindings(pack: string) {
  return useQuery({
    queryKey: ["pack", pack, "findings"],
    queryFn: () => read(api.GET("/api/packs/{pack}/findings", { params: { path: { pack } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
