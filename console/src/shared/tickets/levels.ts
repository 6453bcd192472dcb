/** What a level is called: each contract pack has its own scale, and its own names. */
import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import { usePreferences } from "@shared/preferences";

export function usePacks() {
  return useQuery({ queryKey: ["packs"], queryFn: () => read(api.GET("/api/packs")), staleTime: Infinity });
}

/** Of a pack; its id where nobody has a name for it. */
export function useLevelName() {
  const { language } = usePreferences();
  const packs = usePacks().data?.items;
  return (pack: string | null | undefined, level: string): string => {
    const levels = packs?.find(({ id }) => id === pack)?.levels;
    return levels?.find(({ id }) => id === level)?.[language] ?? level;
  };
}
