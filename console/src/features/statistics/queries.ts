import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Promises = components["schemas"]["PromisesOfAMonth"];
export type Reports = components["schemas"]["ReportsOfAMonth"];
export type Age = components["schemas"]["AgeOfTickets"];
export type Load = components["schemas"]["LoadOfAPerson"];
export type Stages = components["schemas"]["StageDurations"];
export type Lateness = components["schemas"]["AlarmLateness"];

/** Months as `2026-11`; what is not said is the last twelve, and all contracts. */
export interface Asked {
  from?: string;
  to?: string;
  contract?: string;
}

/** Counted once a minute. */
const EVERY_MS = 60_000;

function useStatistics<Answer>(what: string, asked: object, ask: () => Promise<Answer>) {
  return useQuery({ queryKey: ["statistics", what, asked], queryFn: ask, refetchInterval: EVERY_MS });
}

export const useReports = (query: Asked) =>
  useStatistics("reports", query, () => read(api.GET("/api/statistics/reports", { params: { query } })));

export const usePromises = (query: Asked & { by: "clause" | "kind" | "level" | "contract" }) =>
  useStatistics("promises", query, () => read(api.GET("/api/statistics/promises", { params: { query } })));

export const useStages = (query: Asked) =>
  useStatistics("stages", query, () => read(api.GET("/api/statistics/stages", { params: { query } })));

export const useLateness = (query: Asked) =>
  useStatistics("lateness", query, () => read(api.GET("/api/statistics/lateness", { params: { query } })));

export const useLoad = (query: Asked) =>
  useStatistics("load", query, () => read(api.GET("/api/statistics/load", { params: { query } })));

export const useAgeing = ({ contract }: Asked) =>
  useStatistics("ageing", { contract }, () =>
    read(api.GET("/api/statistics/ageing", { params: { query: contract === undefined ? {} : { contract } } })),
  );
