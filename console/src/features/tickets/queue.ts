/** A queue that is read page by page ahead of the eye. It keeps its order until somebody asks for another. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { serverNow } from "@shared/clock/server";
import { useHeard, type Changed } from "@shared/live/live";
import { askedBy, keyOf } from "@shared/tickets/asked";
import { begun, grown, heard, type Held } from "./held";
import { AT_ONCE, readNews, readPage } from "./queries";
import { ahead, LARGE_PAGE, PAGE } from "./window";

/** What was on the screen when somebody left it: whoever comes back finds it as it was. */
let left: { key: string; held: Held } | undefined;

const RETRY_MS = [2000, 4000, 8000, 16_000, 30_000];

export function useQueue(address: URLSearchParams, session: { id: string; csrf?: string | null }) {
  const key = `${session.id}?${keyOf(address)}`;
  const [kept, setKept] = useState<{ key: string; held: Held } | undefined>(() => (left?.key === key ? left : undefined));
  const [failed, setFailed] = useState<{ key: string; proof: string; error: Error; times: number }>();
  const proof = session.csrf ?? "";
  const held = kept?.key === key ? kept.held : undefined;
  const now = useRef({ key, proof, held, address, isReading: false, turn: 0, seen: PAGE });
  useEffect(() => {
    Object.assign(now.current, { key, proof, held, address });
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
      const { key: looked, proof: by } = now.current;
      if (isCurrent()) setFailed((before) => ({ key: looked, proof: by, error: error as Error, times: (before?.times ?? 0) + 1 }));
    } finally {
      if (isCurrent()) now.current.isReading = false;
    }
  }, []);

  /** Reads it anew from its beginning, at least as far as `until` stood. */
  const readAnew = useCallback(
    (until?: string) =>
      attempt(async (isCurrent) => {
        const { held: before, address: at } = now.current;
        const asked = askedBy(at);
        const far = until === undefined ? -1 : (before?.order.indexOf(until) ?? -1);
        const isThere = (found: Held) => until === undefined || found.lines.has(until) || found.order.length > far;
        let found = begun(asked, await readPage(asked, far >= PAGE ? LARGE_PAGE : PAGE), serverNow());
        while (found.cursor !== undefined && !isThere(found)) found = grown(found, await readPage(asked, LARGE_PAGE, found.cursor));
        if (isCurrent()) setKept({ key, held: found });
      }),
    [attempt, key],
  );

  /** Fetches what the window needs before somebody gets there. */
  const reach = useCallback(
    (to: number, before: Held) => {
      now.current.seen = to;
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
  // What a session that has ended was refused is read by the next one.
  const isOver = failed?.key === key && failed.proof === proof;
  useEffect(() => {
    if (!isHeld && !isOver) void readAnew();
  }, [isHeld, isOver, readAnew]);
  useEffect(() => {
    if (failed === undefined || isRefusal(failed.error)) return undefined;
    const again = setTimeout(() => !now.current.held && void readAnew(), RETRY_MS[Math.min(failed.times, RETRY_MS.length) - 1]);
    return () => clearTimeout(again);
  }, [failed, readAnew]);

  /** What became of tickets that changed: in their places, at once; the order waits. */
  const hear = useCallback(
    async (changed: Changed) => {
      const { held: before, address: at, seen } = now.current;
      if (before === undefined) return;
      const numbers = changed ?? before.order.slice(Math.max(0, seen - AT_ONCE), seen);
      try {
        // Where nobody knows what changed, what is new stands on the first page.
        const first = changed === undefined ? (await readPage(askedBy(at), PAGE)).items : [];
        change((mine) => heard(mine, { numbers: first.map(({ number }) => number), fitting: first, others: [] }));
        for (let place = 0; place < numbers.length; place += AT_ONCE) {
          const news = await readNews(askedBy(at), numbers.slice(place, place + AT_ONCE), before.lines);
          change((mine) => heard(mine, news));
        }
        setFailed(undefined);
      } catch (error) {
        setFailed({ key, proof, error: error as Error, times: 1 });
      }
    },
    [change, key, proof],
  );
  useHeard(useCallback((changed: Changed) => void hear(changed), [hear]));
  // What somebody finds again when they come back may have changed meanwhile.
  useEffect(() => {
    if (left?.key !== key) return undefined;
    const soon = setTimeout(() => void hear(undefined));
    return () => clearTimeout(soon);
  }, [hear, key]);

  return useMemo(
    () => ({ held, error: failed?.key === key ? failed.error : undefined, readAnew, reach, change, key }),
    [held, failed, readAnew, reach, change, key],
  );
}

/** What the API refuses it refuses again. */
const isRefusal = (error: Error) => error instanceof ApiProblem && error.status < 500;

export type Queue = ReturnType<typeof useQueue>;
