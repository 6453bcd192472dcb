/** A batch on its way. It goes on while its dialog is closed, and is kept in the browser until all of it is decided. */
import { useCallback, useEffect, useRef, useState } from "react";
import { newId, type Body, type Decision } from "@shared/commands/queries";
import { deliver } from "@shared/commands/delivering";
import { ask, DOORS } from "@shared/commands/sending";
import { draftKey, onDraft } from "@shared/drafts/drafts";
import { tabDraft } from "@shared/drafts/tabs";
import { preferences } from "@shared/preferences";
import { plainly } from "@shared/words/plain";
import { bodyOf, due, isDone, left, recovered, retried, settled, stopped, type Batch, type BatchRow, type RowState } from "./batch";

interface Told {
  is: RowState;
  says: string;
}

export function useBatch(person: string) {
  const [draft] = useState(() => tabDraft<Batch>(draftKey(person, "queue", "batch")));
  const [batch, setBatch] = useState<Batch | undefined>(() => {
    const kept = draft.read()?.holds;
    return kept && recovered(kept);
  });
  const now = useRef(batch);
  const put = useCallback(
    (next: Batch | undefined) => {
      now.current = next;
      // At once, before anything leaves: after a crash the same command is sent again.
      if (next === undefined || isDone(next)) draft.drop();
      else draft.keep(next);
      setBatch(next);
    },
    [draft],
  );
  useEffect(
    () =>
      onDraft((key) => {
        if (!draft.isKeptUnder(key)) return;
        draft.part();
        if (now.current && !isDone(now.current)) draft.keep(now.current);
      }),
    [draft],
  );
  const tell = useCallback(
    (row: BatchRow, { is, says }: Told) => {
      const current = now.current?.rows.find(({ number }) => number === row.number);
      if (now.current && current?.id === row.id) put(settled(now.current, row.number, is, says));
    },
    [put],
  );
  const waiting = useRef(new Set<() => void>());
  useEffect(() => {
    const asking = waiting.current;
    return () => {
      for (const end of asking) end();
    };
  }, []);

  useEffect(() => {
    if (batch === undefined) return;
    for (const row of due(batch)) {
      put(left(now.current ?? batch, row.number));
      void send(bodyOf(batch, row), row).then((told) => {
        tell(row, told);
        if (told.is === "asked") waiting.current.add(ask(row.number, row.id, (decision) => tell(row, toldBy(decision))));
      });
    }
  }, [batch, put, tell]);

  return {
    batch,
    begin: put,
    stop: () => now.current && put(stopped(now.current)),
    retry: (seqOf: (number: string) => number | undefined) => now.current && put(retried(now.current, newId, seqOf)),
    drop: () => put(undefined),
  };
}

async function send(body: Body, { number, isAgain = false }: BatchRow): Promise<Told> {
  const answer = await deliver(body, isAgain, DOORS(number));
  if ("decision" in answer) return toldBy(answer);
  const { fate, isKnown } = answer;
  if (fate.is === "refused") return { is: "refused", says: plainly(fate.says) };
  if (fate.is === "wrong") return { is: "refused", says: plainly(fate.problem.message) };
  return { is: isKnown ? "refused" : "lost", says: fate.is === "unknown" ? (fate.says ?? "") : "" };
}

function toldBy(decision: Decision): Told {
  if (decision.decision === "pending") return { is: "asked", says: "" };
  const says = plainly(decision.detail?.[preferences().language] ?? "");
  return { is: decision.decision === "accepted" ? "accepted" : "refused", says };
}
