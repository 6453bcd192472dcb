/** Whether the screen is such, as long as it is. */
import { useCallback, useSyncExternalStore } from "react";

export function useMatch(query: string): boolean {
  const listen = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(listen, () => matchMedia(query).matches);
}

/** Whether the screen is a phone's: one column, and what is touched is as large as a finger. */
export const useIsNarrow = (): boolean => useMatch("(max-width: 720px)");

/** Whether who looks wants nothing to move. */
export const useIsStill = (): boolean => useMatch("(prefers-reduced-motion: reduce)");
