/** What a level is called, and how grave it is: each contract pack has its own scale, and its own names. */
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { api, read } from "@shared/api/client";
import { usePreferences } from "@shared/preferences";

export function usePacks() {
  return useQuery({ queryKey: ["packs"], queryFn: () => read(api.GET("/api/packs")), staleTime: Infinity });
}

/** A level on the scale of its pack: `place` 0 is the gravest of `of`. */
export interface Standing {
  name: string;
  place: number;
  of: number;
}

/** Of a pack; its id where nobody has a name for it, or not yet: a link is never without words. */
export function useStanding() {
  const { language } = usePreferences();
  const { data } = usePacks();
  const packs = data?.items;
  return useCallback(
    (pack: string | null | undefined, level: string): Standing => {
      const levels = packs?.find(({ id }) => id === pack)?.levels ?? [];
      const place = levels.findIndex(({ id }) => id === level);
      return { name: levels[place]?.[language] ?? level, place, of: place < 0 ? 0 : levels.length };
    },
    [packs, language],
  );
}

export function useLevelName() {
  const standing = useStanding();
  return (pack: string | null | undefined, level: string): string => standing(pack, level).name;
}

/** What a pack is called; what is none, such as a customer's contract, is called by its id. */
export function usePackName() {
  const { language } = usePreferences();
  const { data } = usePacks();
  return (pack: string | null | undefined): string => data?.items.find(({ id }) => id === pack)?.name[language] ?? pack ?? "";
}

interface Under {
  pack?: string | null;
  contract?: string | undefined;
  agreed_contract?: string | null;
}

/** Under what a ticket is: its pack, as it is called, and the number of the customer's contract, where that is another. */
export function underSaid(called: (pack: string) => string, { pack, contract: said, agreed_contract: agreed }: Under): string {
  const contract = agreed ?? said ?? "";
  const under = pack ?? contract;
  return contract === "" || contract === under ? called(under) : `${called(under)} · ${contract}`;
}
