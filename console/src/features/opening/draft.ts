/** A report that is being taken: what was filled in so far, and what was sent and never answered. */
import { useCallback, useEffect, useRef, useState } from "react";
import { draftKey, dropDraft, keepDraft, readDraft } from "@shared/drafts/drafts";
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
  title: string;
  description: string;
  level: string;
  facts: Record<string, string>;
  asset: string;
}

interface Kept {
  report: Report;
  /** Its fate is unknown: until it is known nothing else is sent. */
  sent?: Body;
}

const AFTER_MS = 500;

/** Ids by what a browser has on plain HTTP too. */
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

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
  title: "",
  description: "",
  level: "",
  facts: {},
  asset: "",
});

/** One report at a time for each person; kept until it is opened or given up. */
export function useReport(person: string) {
  const key = draftKey(person, "new", "report");
  const [before] = useState(() => readDraft<Kept>(key));
  const [kept, setKept] = useState<Kept>(() => before?.holds ?? { report: blank() });
  const [saved, setSaved] = useState(before?.saved);
  const latest = useRef<Kept | undefined>(undefined);

  useEffect(() => {
    const save = () => {
      if (latest.current && keepDraft(key, latest.current)) setSaved(Date.now());
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

  const change = useCallback((changes: Partial<Report>) => {
    setKept((now) => (latest.current = { ...now, report: { ...now.report, ...changes } }));
  }, []);
  /** At once, before it leaves: after a crash the same body is sent again. */
  const sending = useCallback(
    (sent: Body | undefined) => {
      setKept(({ report }) => {
        const next: Kept = sent ? { report, sent } : { report };
        latest.current = undefined;
        keepDraft(key, next);
        return next;
      });
    },
    [key],
  );
  const drop = useCallback(() => {
    latest.current = undefined;
    dropDraft(key);
    setSaved(undefined);
    setKept({ report: blank() });
  }, [key]);
  return { ...kept, saved, change, sending, drop };
}
