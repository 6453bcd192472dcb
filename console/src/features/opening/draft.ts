/** A report that is being taken: what was filled in so far, and what was sent and never answered. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { draftKey, onDraft } from "@shared/drafts/drafts";
import { newKey, tabDraft } from "@shared/drafts/tabs";
import type { Body } from "./queries";

export interface Party {
  id: string | null;
  name: string;
}

export interface Report {
  /** Of the request: the same for as long as it is the same report. */
  key: string;
  phone: string;
  contact: string;
  customer: Party | undefined;
  /** Whether somebody chose the customer; else the number did, and another number chooses anew. */
  byHand: boolean;
  contract: string;
  channel: string;
  /** As the fields for times have them; empty: now, and not known. */
  received: string;
  occurred: string;
  /** When it was sent first, with nothing changed since: sent again it is the same body. */
  taken: string;
  title: string;
  description: string;
  level: string;
  facts: Record<string, string>;
  asset: string;
  /** Where somebody would have to go. */
  site: string;
}

interface Kept {
  report: Report;
  /** Its fate is unknown: until it is known nothing else is sent. */
  sent?: Body;
}

const AFTER_MS = 500;

export const blank = (): Report => ({
  key: newKey(),
  phone: "",
  contact: "",
  customer: undefined,
  byHand: false,
  contract: "",
  channel: "phone",
  received: "",
  occurred: "",
  taken: "",
  title: "",
  description: "",
  level: "",
  facts: {},
  asset: "",
  site: "",
});

/** A draft of an older page lacks what has been added since. */
const whole = (kept: Kept | undefined): Kept => ({ ...kept, report: { ...blank(), ...kept?.report } });

/** One report at a time for each person in each tab; kept until it is opened or given up. */
export function keeping(person: string) {
  const draft = tabDraft<Kept>(draftKey(person, "new", "report"));
  const before = draft.read();
  let state: Kept & { saved: number | undefined } = { saved: before?.saved, ...whole(before?.holds) };
  let isTouched = false;
  let isUnsaved = false;
  const listeners = new Set<() => void>();

  const become = (next: typeof state) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const held = ({ report, sent }: Kept): Kept => (sent ? { report, sent } : { report });
  const save = () => {
    if (isUnsaved && draft.keep(held(state))) become({ ...state, saved: Date.now() });
    isUnsaved = false;
  };
  return {
    now: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    save,
    change: (changes: Partial<Report>) => {
      isTouched = true;
      isUnsaved = true;
      become({ ...state, report: { ...state.report, taken: "", ...changes } });
    },
    /** At once, before it leaves: after a crash the same body is sent again. */
    sending: (sent: Body | undefined) => {
      const report = sent ? { ...state.report, taken: sent.received_at ?? "" } : state.report;
      const next: Kept = sent ? { report, sent } : { report };
      isUnsaved = false;
      draft.keep(next);
      become({ saved: state.saved, ...next });
    },
    drop: () => {
      isUnsaved = false;
      draft.drop();
      become({ saved: undefined, report: blank() });
    },
    /**
     * What was typed here while another tab wrote becomes a report of its own, with a key of its own; what was only read
     * belongs to the other tab.
     */
    makeWay: () => {
      draft.part();
      if (state.sent) return void draft.keep(held(state));
      isUnsaved = isTouched;
      become({ saved: undefined, report: isTouched ? { ...state.report, key: newKey() } : blank() });
    },
    isKeptUnder: draft.isKeptUnder,
  };
}

export function useReport(person: string) {
  const [keeper] = useState(() => keeping(person));
  const state = useSyncExternalStore(keeper.subscribe, keeper.now);
  useEffect(() => {
    const timer = setInterval(keeper.save, AFTER_MS);
    addEventListener("pagehide", keeper.save);
    const deaf = onDraft((key) => keeper.isKeptUnder(key) && keeper.makeWay());
    return () => {
      clearInterval(timer);
      removeEventListener("pagehide", keeper.save);
      deaf();
      keeper.save();
    };
  }, [keeper]);
  return { ...state, change: keeper.change, sending: keeper.sending, drop: keeper.drop };
}
