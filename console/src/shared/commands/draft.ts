/** What is kept of a form that is not done: what was filled in, and a body that was sent and never answered. */
import { useEffect, useRef, useState } from "react";
import { draftKey, dropDraft, keepDraft, readDraft } from "@shared/drafts/drafts";
import type { Values } from "./fields";
import type { Body } from "./queries";

export interface Kept {
  values: Values;
  /** Its fate is unknown: until it is known nothing else is sent. */
  sent?: Body;
}

const AFTER_MS = 500;

/** The draft of one form; it takes its first values once, and later answers of the API never touch it. */
export function useDraft(person: string, number: string, what: string, first: Values) {
  const key = draftKey(person, number, what);
  const [before] = useState(() => readDraft<Kept>(key));
  const [kept, setKept] = useState<Kept>(() => before?.holds ?? { values: first });
  const latest = useRef<Kept | undefined>(undefined);

  useEffect(() => {
    const save = () => {
      if (latest.current) keepDraft(key, latest.current);
      latest.current = undefined;
    };
    const timer = setInterval(save, AFTER_MS);
    addEventListener("pagehide", save);
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", save);
      save();
    };
  }, [key]);

  return {
    kept,
    saved: before?.saved,
    hold: (values: Values) => {
      const next = { ...kept, values };
      latest.current = next;
      setKept(next);
    },
    /** What comes later, and not from somebody's hand: upon whatever was filled in meanwhile. */
    change: (change: (values: Values) => Values) =>
      setKept((now) => {
        const next = { ...now, values: change(now.values) };
        latest.current = next;
        return next;
      }),
    /** At once, before it leaves: after a crash the same body is sent again. */
    sending: (sent: Body | undefined) => {
      const { values } = kept;
      const next: Kept = sent ? { values, sent } : { values };
      latest.current = undefined;
      keepDraft(key, next);
      setKept(next);
    },
    drop: () => {
      latest.current = undefined;
      dropDraft(key);
    },
  };
}
