/** Calls that come in. */
import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Call = components["schemas"]["CallDocument"];

/** The stream says when something is new; where it is down somebody still looks each minute. */
const ANYWAY_MS = 60_000;

export const useCalls = () =>
  useQuery({ queryKey: ["calls"], queryFn: () => read(api.GET("/api/desk/calls")), refetchInterval: ANYWAY_MS });
