/** A command on its way: sent once, however often somebody presses, until its fate is known. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { preferences } from "@shared/preferences";
import { decisionOn, send, type Body, type Decision } from "./queries";

export type Fate =
  | { is: "open" }
  | { is: "sending" }
  /** Nobody said what became of it: the same body may be sent again, and is recorded once. */
  | { is: "unknown"; says?: string }
  | { is: "pending" }
  | { is: "refused"; reason: string; says: string }
  | { is: "wrong"; problem: ApiProblem };

const ASK_AFTER_MS = [1000, 2000, 4000, 8000];
const THEN_MS = 15_000;
const LONGEST_MS = 2000;

interface Way {
  number: string;
  /** What was sent before this page was loaded, and never answered. */
  unanswered: Body | undefined;
  /** Before a body leaves, and with nothing once its fate is known. */
  onSent: (body: Body | undefined) => void;
  onAccepted: (decision: Decision) => void;
}

export function useSending({ number, unanswered, onSent, onAccepted }: Way) {
  const queries = useQueryClient();
  const [fate, setFate] = useState<Fate>(unanswered ? { is: "unknown" } : { is: "open" });
  const isBusy = useRef(false);
  const [waiting, setWaiting] = useState<string>();

  const settle = useCallback(
    (decision: Decision) => {
      if (decision.decision === "pending") {
        setFate({ is: "pending" });
        setWaiting(decision.command_id);
        return;
      }
      setWaiting(undefined);
      void readAnew(queries, number).then(() => {
        if (decision.decision === "accepted") return onAccepted(decision);
        onSent(undefined);
        const says = decision.detail?.[preferences().language] ?? "";
        return setFate({ is: "refused", reason: decision.reason ?? "", says });
      });
    },
    [number, onAccepted, onSent, queries],
  );

  const settleRef = useRef(settle);
  useEffect(() => {
    settleRef.current = settle;
  });
  useEffect(() => {
    if (waiting === undefined) return undefined;
    return ask(number, waiting, (decision) => settleRef.current(decision));
  }, [number, waiting]);

  const submit = async (body: Body) => {
    if (isBusy.current) return;
    isBusy.current = true;
    onSent(body);
    setFate({ is: "sending" });
    try {
      settle(await send(number, body));
    } catch (error) {
      const { fate: told, isKnown } = fateOf(error);
      if (isKnown) onSent(undefined);
      if (told.is === "refused") await readAnew(queries, number);
      setFate(told);
    } finally {
      isBusy.current = false;
    }
  };

  return { fate, submit, reconsider: () => setFate({ is: "open" }) };
}

/**
 * How the ticket stands behind what was decided, before somebody goes on with it: else what they send next would be
 * refused as sent by somebody who has not seen their own last act. It is not waited for long.
 */
async function readAnew(queries: QueryClient, number: string): Promise<void> {
  const read = queries.invalidateQueries({ queryKey: ["tickets", number, "commands"] });
  void queries.invalidateQueries({ queryKey: ["tickets"], predicate: ({ queryKey }) => queryKey[2] !== "commands" });
  await Promise.race([read, new Promise((done) => setTimeout(done, LONGEST_MS))]);
}

/** What an answer that is no decision means for the command. */
export function fateOf(error: unknown): { fate: Fate; isKnown: boolean } {
  if (!(error instanceof ApiProblem)) return { fate: { is: "unknown" }, isKnown: false };
  if (error.status >= 500) return { fate: { is: "unknown", says: error.message }, isKnown: false };
  if (error.status === 409) {
    return { fate: { is: "refused", reason: error.told.reason ?? "", says: error.message }, isKnown: true };
  }
  return { fate: { is: "wrong", problem: error }, isKnown: true };
}

/** Ask again and again what was decided, until somebody says. An address may be unknown for some seconds. */
function ask(number: string, id: string, tell: (decision: Decision) => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const again = (count: number) => {
    timer = setTimeout(
      () =>
        void decisionOn(number, id).then(
          (decision) => {
            if (isOver) return;
            if (decision.decision === "pending") again(count + 1);
            else tell(decision);
          },
          () => !isOver && again(count + 1),
        ),
      ASK_AFTER_MS[count] ?? THEN_MS,
    );
  };
  again(0);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
