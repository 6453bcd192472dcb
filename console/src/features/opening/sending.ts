/** A report on its way: the same body again and again, until somebody says what became of it. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { open, type Body } from "./queries";

export type Fate = { is: "open" } | { is: "sending" } | { is: "unknown"; tries: number } | { is: "wrong"; problem: ApiProblem };

const LONGEST_S = 15;

interface Way {
  reportKey: string;
  /** What was sent before this page was loaded, and never answered. */
  unanswered: Body | undefined;
  onSent: (body: Body | undefined) => void;
  onOpened: (number: string) => void;
}

export function useSending({ reportKey, unanswered, onSent, onOpened }: Way) {
  const [fate, setFate] = useState<Fate>(unanswered ? { is: "unknown", tries: 0 } : { is: "open" });
  const isBusy = useRef(false);

  const send = useCallback(
    async (body: Body, tries: number) => {
      if (isBusy.current) return;
      isBusy.current = true;
      onSent(body);
      setFate((before) => (before.is === "unknown" ? before : { is: "sending" }));
      try {
        onOpened((await open(reportKey, body)).number);
      } catch (error) {
        const problem = error instanceof ApiProblem && error.status < 500 ? error : undefined;
        if (problem) onSent(undefined);
        setFate(problem ? { is: "wrong", problem } : { is: "unknown", tries: tries + 1 });
      } finally {
        isBusy.current = false;
      }
    },
    [reportKey, onSent, onOpened],
  );

  useEffect(() => {
    if (fate.is !== "unknown" || unanswered === undefined) return undefined;
    const timer = setTimeout(() => void send(unanswered, fate.tries), Math.min(2 ** fate.tries, LONGEST_S) * 1000);
    return () => clearTimeout(timer);
  }, [fate, unanswered, send]);

  return {
    fate,
    isLocked: fate.is === "sending" || fate.is === "unknown",
    submit: (body: Body) => void send(body, 0),
    again: () => unanswered && void send(unanswered, 0),
  };
}
