import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import { beginOf, later } from "@shared/clock/days";
import type { components } from "@shared/api/schema";
import { tableOf } from "@shared/tables/table";

export type Shift = components["schemas"]["ShiftDocument"];
export type Gap = components["schemas"]["StretchDocument"];
type NewShift = components["schemas"]["NewShift"];
export type Duty = NewShift["duty"];

const MOST = 1000;
const week = (monday: string) => ({ from: beginOf(monday), to: beginOf(later(monday, 7)) });

export function useShifts(duty: Duty, monday: string) {
  return useQuery({
    queryKey: ["roster", duty, monday],
    queryFn: () => read(api.GET("/api/roster", { params: { query: { duty, ...week(monday), limit: MOST } } })),
  });
}

/** Stretches of the week in which nobody is on duty. */
export function useGaps(duty: Duty, monday: string) {
  return useQuery({
    queryKey: ["roster", duty, monday, "gaps"],
    queryFn: () => read(api.GET("/api/roster/gaps", { params: { query: { duty, ...week(monday) } } })),
  });
}

export function useCandidates(duty: Duty) {
  return useQuery({
    queryKey: ["roster", "candidates", duty],
    queryFn: () => read(api.GET("/api/roster/candidates", { params: { query: { duty, limit: MOST } } })),
  });
}

/** What was changed, here or elsewhere, is read anew. */
export function useReadAnew() {
  const queries = useQueryClient();
  return () => {
    for (const of of ["roster", "on-duty"]) void queries.invalidateQueries({ queryKey: [of] });
  };
}

export const addShift = (body: Partial<NewShift>) => read(api.POST("/api/roster", { body: body as NewShift }));

export const removeShift = (shift: string) => api.DELETE("/api/roster/{shift}", { params: { path: { shift } } });

export const bringIn = (file: File, check: boolean) => read(api.POST("/api/roster/import", tableOf(file, check)));
