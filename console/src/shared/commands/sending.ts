/** A command on its way: sent once, however often somebody presses, until its fate is known. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { preferences } from "@shared/preferences";
import { deliver, type Doors, type Fate } from "./delivering";
import { decisionOn, offersKey, send, type Body, type Decision, type Offers } from "./queries";

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
  /** With the commands as they are offered behind it. */
  onRefused: (refusal: { reason: string; seq: number | undefined }, offers: Offers | undefined) => void;
}

export function useSending({ number, unanswered, onSent, onAccepted, onRefused }: Way) {
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
      void readAnew(queries, number).then((offers) => {
        if (decision.decision === "accepted") return onAccepted(decision);
        onSent(undefined);
        const [reason, says] = [decision.reason ?? "", decision.detail?.[preferences().language] ?? ""];
        onRefused({ reason, seq: decision.seq ?? undefined }, offers);
        return setFate({ is: "refused", reason, says });
      });
    },
    [number, onAccepted, onRefused, onSent, queries],
  );

  const settleRef = useRef(settle);
  useEffect(() => {
    settleRef.current = settle;
  });
  useEffect(() => {
    if (waiting === undefined) return undefined;
    return ask(number, waiting, (decision) => settleRef.current(decision));
  }, [number, waiting]);

  const submit = async (body: Body, isAgain: boolean) => {
    if (isBusy.current) return;
    isBusy.current = true;
    onSent(body);
    setFate({ is: "sending" });
    try {
      const answer = await deliver(body, isAgain, DOORS(number));
      if ("decision" in answer) return settle(answer);
      if (answer.isKnown) onSent(undefined);
      if (answer.fate.is === "refused") onRefused({ reason: answer.fate.reason, seq: answer.seq }, await readAnew(queries, number));
      return setFate(answer.fate);
    } finally {
      isBusy.current = false;
    }
  };

  return {
    fate,
    submit,
    reconsider: () => setFate({ is: "open" }),
    /** Not sent, for something came in between: they are asked whether they mean it all the same. */
    hold: () => setFate({ is: "refused", reason: "stale", says: "" }),
  };
}

export const DOORS = (number: string): Doors => ({ send: (body) => send(number, body), decisionOn: (id) => decisionOn(number, id) });

/**
 * How the ticket stands behind what was decided, before somebody goes on with it: else what they send next would be
 * refused as sent by somebody who has not seen their own last act. It is not waited for long.
 */
async function readAnew(queries: QueryClient, number: string): Promise<Offers | undefined> {
  const read = queries.invalidateQueries({ queryKey: offersKey(number) });
  void queries.invalidateQueries({ queryKey: ["tickets"], predicate: ({ queryKey }) => queryKey[2] !== "commands" });
  await Promise.race([read, new Promise((done) => setTimeout(done, LONGEST_MS))]);
  return queries.getQueryData<Offers>(offersKey(number));
}

/** Ask again and again what was decided, until somebody says. An address may be unknown for some seconds. */
export function ask(number: string, id: string, tell: (decision: Decision) => void): () => void {
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
