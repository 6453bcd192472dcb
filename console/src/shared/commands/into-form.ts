/** A form that was just opened has the focus in its first field: whoever chose its act goes on and writes. */
import { useCallback, useEffect, useRef, type RefObject } from "react";
import { intoFirst, isTouched } from "@shared/ui/first-field";

/** To be told of each choice. */
export function useIntoForm(head: RefObject<HTMLElement | null>, opened: string | undefined): (kind: string | undefined, isByKey: boolean) => void {
  const chosen = useRef<string>(undefined);
  useEffect(() => {
    if (opened === undefined || opened !== chosen.current) return;
    chosen.current = undefined;
    intoFirst(head.current?.parentElement?.querySelector("form"));
  }, [opened, head]);
  return useCallback((kind, isByKey) => void (chosen.current = isByKey || !isTouched() ? kind : undefined), []);
}
