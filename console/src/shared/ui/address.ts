/** What stands in a page's address beside its path. */
import { useCallback, useEffect, useRef } from "react";
import { useLocation, useSearchParams } from "react-router";

export type Change = (changed: (now: URLSearchParams) => void) => void;

/**
 * What was drawn last, and what changes it in its place: from how the address stands, for on a busy machine the page
 * is drawn later than somebody changes the next thing. Going back leaves the page; where each change is a step, the
 * last change. An answer that comes once somebody is on another page, or has another ticket beside a list, changes nothing: it would lead them back.
 */
export function useAddress({ inSteps = false } = {}): [URLSearchParams, Change] {
  const [drawn, put] = useSearchParams();
  const { pathname } = useLocation();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => void (isHere.current = false);
  }, []);
  const change: Change = useCallback(
    (changed) => {
      // The router's path may lack what browsers write for a letter.
      if (!isHere.current || new URL(pathname, location.origin).pathname !== location.pathname) return;
      const now = new URLSearchParams(location.search);
      changed(now);
      put(now, { replace: !inSteps });
    },
    [put, inSteps, pathname],
  );
  return [drawn, change];
}
