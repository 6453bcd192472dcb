/** A report on its way: the same body again and again, until somebody says what became of it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem, SAYS_NOTHING } from "@shared/api/problems";
import { open, type Body } from "./queries";

interface Unknown {
  is: "unknown";
  tries: number;
  /** What the API says about whoever sends, and not about what is sent. */
  problem?: ApiProblem | undefined;
}
export type Fate = { is: "open" } | { is: "sending" } | Unknown | { is: "wrong"; problem: ApiProblem };

const LONGEST_S = 15;
const OPEN: Fate = { is: "open" };

/** What an answer that is no ticket means; `isRepeated`: for a body that was sent before, and may be recorded. */
export function fateOf(error: unknown, isRepeated: boolean, tries: number): Fate {
  const problem = error instanceof ApiProblem && error.status < 500 ? error : undefined;
  if (problem && !(isRepeated && SAYS_NOTHING.has(problem.status)) && problem.status !== 408) return { is: "wrong", problem };
  return { is: "unknown", tries: tries + 1, problem };
}

/** How long it waits before the next time. */
export const waitS = ({ tries, problem }: Unknown) => Math.max(Math.min(2 ** tries, LONGEST_S), problem?.retryAfter ?? 0);

interface Way {
  reportKey: string;
  /** What was sent before this page was loaded, and never answered. */
  unanswered: Body | undefined;
  onSent: (body: Body | undefined) => void;
  onOpened: (number: string) => void;
}

export function useSending({ reportKey, unanswered, onSent, onOpened }: Way) {
  const [known, setKnown] = useState<{ of: string; fate: Fate }>({
    of: reportKey,
    fate: unanswered ? { is: "unknown", tries: 0 } : OPEN,
  });
  // A report that has been opened is not this one any more, also where nobody has left the page.
  const fate = known.of === reportKey ? known.fate : OPEN;
  const isBusy = useRef(false);

  const send = useCallback(
    async (body: Body, tries: number) => {
      if (isBusy.current) return;
      isBusy.current = true;
      onSent(body);
      setKnown((before) =>
        before.of === reportKey && before.fate.is === "unknown" ? before : { of: reportKey, fate: { is: "sending" } },
      );
      try {
        onOpened((await open(reportKey, body)).number);
      } catch (error) {
        const told = fateOf(error, unanswered !== undefined, tries);
        if (told.is === "wrong") onSent(undefined);
        setKnown({ of: reportKey, fate: told });
      } finally {
        isBusy.current = false;
      }
    },
    [reportKey, unanswered, onSent, onOpened],
  );

  useEffect(() => {
    if (fate.is !== "unknown" || unanswered === undefined) return undefined;
    const timer = setTimeout(() => void send(unanswered, fate.tries), waitS(fate) * 1000);
    return () => clearTimeout(timer);
  }, [fate, unanswered, send]);

  return {
    fate,
    isLocked: fate.is === "sending" || fate.is === "unknown",
    submit: (body: Body) => void send(body, 0),
    again: () => unanswered && void send(unanswered, 0),
  };
}
