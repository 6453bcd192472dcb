import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Confirmation = components["schemas"]["ConfirmationDocument"];
export type SecondHalf = components["schemas"]["HalfDocument"];

export function useConfirmations() {
  return useQuery({ queryKey: ["confirmations"], queryFn: () => read(api.GET("/api/confirmations")) });
}

/** What an administrator changed of how people get in is read anew, with what waits for a second. */
export function useReadAnew() {
  const queries = useQueryClient();
  return () => Promise.all(["confirmations", "people"].map((of) => queries.invalidateQueries({ queryKey: [of] })));
}

/** With a yes to a new password the answer holds half of it, this once. */
export async function decide(confirmation: string, decision: "confirm" | "refuse"): Promise<SecondHalf | undefined> {
  const { data } = await api.POST("/api/confirmations/{confirmation}", {
    params: { path: { confirmation } },
    body: { decision },
  });
  return data;
}
