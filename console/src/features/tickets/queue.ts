/** A queue that is read page by page ahead of the eye. It keeps its order until somebody asks for another. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { serverNow } from "@shared/clock/server";
import { useHeard, type Changed } from "@shared/live/live";
import { askedBy, keyOf } from "./asked";
import { begun, grown, type Held } from "./held";
import { readPage } from "./queries";
import { ahead, LARGE_PAGE, PAGE } from "./window";

/** What was on the screen when somebody left it: whoever comes back finds it as it was. */
let left: { key: string; held: Held } | undefined;

const RETRY_MS = [2000, 4000, 8000, 16_000, 30_000];

export function useQueue(address: URLSearchParams, session: { id: string }) {
  const key = `${session.id}?${keyOf(address)}`;
  const [kept, setKept] = useState<{ key: string; held: Held } | undefined>(() => (left?.key === key ? left : undefined));
  const [failed, setFailed] = useState<{ key: string; error: Error; times: number }>();
  const held = kept?.key === key ? kept.held : undefined;
  const now = useRef({ key, held, address, isReading: false, turn: 0 });
  useEffect(() => {
    Object.assign(now.current, { key, held, address });
    if (kept) left = kept;
  });

  /** Puts a change of what is held in its place, if that is still what is looked at. */
  const change = useCallback((of: (before: Held) => Held) => {
    const { key: looked } = now.current;
    setKept((before) => (before?.key === looked ? { key: looked, held: of(before.held) } : before));
  }, []);

  const attempt = useCallback(async (work: (isCurrent: () => boolean) => Promise<void>) => {
    const turn = (now.current.turn += 1);
    const isCurrent = () => now.current.turn === turn;
    now.current.isReading = true;
    try {
      await work(isCurrent);
      if (isCurrent()) setFailed(undefined);
    } catch (error) {
      const { key: looked } = now.current;
      if (isCurrent()) setFailed((before) => ({ key: looked, error: error as Error, times: (before?.times ?? 0) + 1 }));
    } finally {
      if (isCurrent()) now.current.isReading = false;
    }
  }, []);

  /** Reads it anew from its beginning, at least as far as `until` stood. */
  const readAnew = useCallback(
    (until?: string) =>
      attempt(async (isCurrent) => {
        const { held: before, address: at } = now.current;
        const asked = askedBy(at, session.id, serverNow());
        const far = until === undefined ? -1 : (before?.order.indexOf(until) ?? -1);
        const isThere = (found: Held) => until === undefined || found.lines.has(until) || found.order.length > far;
        let found = begun(asked, await readPage(asked, far >= PAGE ? LARGE_PAGE : PAGE), serverNow());
        while (found.cursor !== undefined && !isThere(found)) found = grown(found, await readPage(asked, LARGE_PAGE, found.cursor));
        if (isCurrent()) setKept({ key, held: found });
      }),
    // A session of its own: what the one before was refused is read once they are back.
    [attempt, session, key],
  );

  /** Fetches what the window needs before somebody gets there. */
  const reach = useCallback(
    (to: number, before: Held) => {
      if (now.current.isReading) return;
      const limit = ahead(to, before.order.length, before.cursor !== undefined);
      if (limit === 0) return;
      void attempt(async (isCurrent) => {
        const page = await readPage(before.asked, limit, before.cursor);
        if (isCurrent()) change((mine) => (mine.cursor === before.cursor ? grown(mine, page) : mine));
      });
    },
    [attempt, change],
  );

  const isHeld = held !== undefined;
  useEffect(() => {
    if (!isHeld) void readAnew();
  }, [isHeld, readAnew]);
  useEffect(() => {
    if (failed === undefined || isRefusal(failed.error)) return undefined;
    const again = setTimeout(() => !now.current.held && void readAnew(), RETRY_MS[Math.min(failed.times, RETRY_MS.length) - 1]);
    return () => clearTimeout(again);
  }, [failed, readAnew]);

  useHeard(
    useCallback(
      (changed: Changed) =>
        change((before) => {
          const here = (changed ?? []).filter((number) => before.lines.has(number));
          return here.length === 0 ? before : { ...before, changed: new Set([...before.changed, ...here]) };
        }),
      [change],
    ),
  );

  return useMemo(
    () => ({ held, error: failed?.key === key ? failed.error : undefined, readAnew, reach, change, key }),
    [held, failed, readAnew, reach, change, key],
  );
}

/** What the API refuses it refuses again. */
const isRefusal = (error: Error) => error instanceof ApiProblem && error.status < 500;

export type Queue = ReturnType<typeof useQueue>;
