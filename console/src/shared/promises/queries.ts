/** The contract packs, and what they would promise of a case. */
import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

type Asked = components["schemas"]["WorkOut"];
/** What may be left out is described as if it were always there. */
export type WorkOut = Pick<Asked, "contract"> & Partial<Omit<Asked, "facts">> & { facts?: Facts };
export type Facts = Partial<NonNullable<Asked["facts"]>>;
export type Promised = components["schemas"]["PromiseDocument"];
export type WholePack = NonNullable<ReturnType<typeof usePack>["data"]>;
export type Pack = Pick<WholePack, "levels" | "fact_defaults" | "clauses">;

const OFTEN_MS = 60_000;

/** The answer before stands until the next one comes, but never as another customer's, or another contract's. */
export const whileSame =
  (place: number, value: unknown) =>
  <T>(previous: T | undefined, of: { queryKey: readonly unknown[] } | undefined): T | undefined =>
    of?.queryKey[place] === value ? previous : undefined;

export function usePacks(enabled: boolean) {
  return useQuery({
    queryKey: ["packs"],
    queryFn: () => read(api.GET("/api/packs")),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function usePack(pack: string) {
  return useQuery({
    queryKey: ["pack", pack],
    queryFn: () => read(api.GET("/api/packs/{pack}", { params: { path: { pack } } })),
    enabled: pack !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What would be promised; of a report that comes now it is asked again each minute. */
export function usePromises(asked: WorkOut) {
  return useQuery({
    queryKey: ["promises", asked.contract, asked],
    queryFn: () => read(api.POST("/api/promises", { body: asked as Asked })),
    placeholderData: whileSame(1, asked.contract),
    enabled: asked.contract !== "",
    refetchInterval: asked.received_at ? false : OFTEN_MS,
    retry: false,
  });
}
