/** Calls and mails that come in, and that somebody has taken one of these. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Call = components["schemas"]["CallDocument"];

/** The stream says when something is new; where it is down somebody still looks each minute. */
const ANYWAY_MS = 60_000;

export const useCalls = () =>
  useQuery({ queryKey: ["calls"], queryFn: () => read(api.GET("/api/desk/calls")), refetchInterval: ANYWAY_MS });

export type Mail = components["schemas"]["MailDocument"];

export const useMails = () =>
  useQuery({ queryKey: ["calls", "mails"], queryFn: async () => (await read(api.GET("/api/desk/mails"))).items, refetchInterval: ANYWAY_MS });

export function useTaking(mail: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => read(api.POST("/api/desk/mails/{mail}/take", { params: { path: { mail } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["calls", "mails"] }),
  });
}
