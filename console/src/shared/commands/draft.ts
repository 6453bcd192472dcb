/** What is kept of a form that is not done: what was filled in, and a body that was sent and never answered. */
import { useEffect, useRef, useState } from "react";
import { draftKey, onDraft } from "@shared/drafts/drafts";
import { tabDraft } from "@shared/drafts/tabs";
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
  const [draft] = useState(() => tabDraft<Kept>(draftKey(person, number, what)));
  const [before] = useState(draft.read);
  const [begun] = useState<Kept>(() => ({ values: first }));
  const [kept, setKept] = useState<Kept>(() => before?.holds ?? begun);
  /** As it stands, once it was changed or sent here; and what of that is to be saved. */
  const mine = useRef<Kept | undefined>(undefined);
  const latest = useRef<Kept | undefined>(undefined);

  useEffect(() => {
    const save = () => {
      if (latest.current) draft.keep(latest.current);
      latest.current = undefined;
    };
    const timer = setInterval(save, AFTER_MS);
    addEventListener("pagehide", save);
    // What was typed here stays, as a draft of this tab; what was only read belongs to the tab that goes on with it.
    const deaf = onDraft((key) => {
      if (!draft.isKeptUnder(key)) return;
      draft.part();
      latest.current = mine.current;
      if (mine.current === undefined) setKept((now) => (now.sent ? now : begun));
    });
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", save);
      deaf();
      save();
    };
  }, [begun, draft]);

  return {
    kept,
    saved: before?.saved,
    hold: (values: Values) => {
      const next = { ...kept, values };
      latest.current = mine.current = next;
      setKept(next);
    },
    /** What comes later, and not from somebody's hand: upon whatever was filled in meanwhile. */
    change: (change: (values: Values) => Values) =>
      setKept((now) => {
        const next = { ...now, values: change(now.values) };
        latest.current = mine.current = next;
        return next;
      }),
    /** At once, before it leaves: after a crash the same body is sent again. */
    sending: (sent: Body | undefined) => {
      const { values } = kept;
      const next: Kept = sent ? { values, sent } : { values };
      mine.current = next;
      latest.current = undefined;
      draft.keep(next);
      setKept(next);
    },
    drop: () => {
      latest.current = mine.current = undefined;
      draft.drop();
    },
  };
}
