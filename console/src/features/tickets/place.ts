/** Where somebody is in a queue: the row they are on. It leads to the ticket and back to where they were. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useLocation, useNavigate } from "react-router";
import type { Moves } from "./grid";
import type { Queue } from "./queue";

/** A ticket stands beside the queue where there is room for both. */
export const WIDE = "(min-width: 1280px)";

/** What the browser's history keeps of a queue: the row, and how far below the upper edge it stood. */
interface Kept {
  at?: string;
  offset?: number;
}

interface Given {
  queue: Queue;
  moves: RefObject<Moves | null>;
}

export function usePlace({ queue, moves }: Given) {
  const { held, key, readAnew } = queue;
  const navigate = useNavigate();
  const { state } = useLocation() as { state: Kept | null };
  const [place, setPlace] = useState<{ key: string; number: string | undefined }>({ key, number: state?.at });
  const active = place.key === key ? place.number : undefined;
  const anchor = useRef<Kept | undefined>(state?.at === undefined ? undefined : state);
  const order = held?.order;

  // After it was read anew the row stands where it stood; where it is gone nothing moves.
  useLayoutEffect(() => {
    const kept = anchor.current;
    if (kept?.at === undefined || order === undefined) return;
    anchor.current = undefined;
    const found = order.indexOf(kept.at);
    if (found >= 0) moves.current?.put(found, kept.offset ?? 0);
  }, [order, moves]);
  useEffect(() => {
    if (anchor.current === undefined) moves.current?.put(0, 0);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another list begins at its top
  }, [key, moves]);

  const setActive = useCallback((number: string | undefined) => setPlace({ key, number }), [key]);
  const offsetOf = useCallback(
    (number: string) => moves.current?.offsetOf(order?.indexOf(number) ?? 0) ?? 0,
    [moves, order],
  );

  const open = useCallback(
    (number: string) => {
      setActive(number);
      const kept: Kept = { at: number, offset: offsetOf(number) };
      if (matchMedia(WIDE).matches) {
        const beside = new URLSearchParams(location.search);
        const replace = beside.has("open");
        beside.set("open", number);
        beside.delete("act"); // of the one that was open
        void navigate(`/tickets?${beside}`, { replace, state: kept });
        return;
      }
      void navigate(`/tickets${location.search}`, { replace: true, state: kept });
      void navigate(`/tickets/${number}`);
    },
    [navigate, offsetOf, setActive],
  );

  const apply = useCallback(() => {
    if (active !== undefined) anchor.current = { at: active, offset: offsetOf(active) };
    void readAnew(active);
  }, [active, offsetOf, readAnew]);

  return { active, setActive, open, apply };
}
