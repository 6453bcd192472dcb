/** What stands in a page's address beside its path. */
import { useCallback } from "react";
import { useSearchParams } from "react-router";

type Change = (changed: (now: URLSearchParams) => void) => void;

/**
 * What was drawn last, and what changes it in its place: from how the address stands, for on a busy machine the page
 * is drawn later than somebody changes the next thing. Going back leaves the page, not the change.
 */
export function useAddress(): [URLSearchParams, Change] {
  const [drawn, put] = useSearchParams();
  const change: Change = useCallback(
    (changed) => {
      const now = new URLSearchParams(location.search);
      changed(now);
      put(now, { replace: true });
    },
    [put],
  );
  return [drawn, change];
}
