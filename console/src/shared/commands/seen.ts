/**
 * What somebody had before them when they decided: the last entry, and the version of an application. It is sent with
 * the command, and stays what it was while the ticket goes on behind the form, until they say that they mean it anyway.
 */
import { useIsFetching } from "@tanstack/react-query";
import { useState } from "react";
import { FORMS, type Kind, type Offer } from "./fields";
import { offersKey } from "./queries";

export interface Seen {
  seq: number;
  version: number | undefined;
}

/** Where it matters that nothing has happened since: only these are refused for what somebody else did meanwhile. */
const AS_SEEN: ReadonlySet<string> = new Set(["classify", "advance", "resolve", "close"]);
const OUTDATED: ReadonlySet<string> = new Set(["stale", "another_version"]);

/** Refused because something came in between: it may be meant all the same. */
export const isOutdated = (reason: string) => OUTDATED.has(reason);

export const countsAsSeen = (kind: Kind) => AS_SEEN.has(kind);

const answersAVersion = (kind: Kind) => FORMS[kind].fields.some(({ name }) => name === "version");

export function seenOf(seq: number, offer: Offer | undefined): Seen {
  const isAbout = offer !== undefined && answersAVersion(offer.kind as Kind);
  return { seq, version: isAbout ? offer.needs.application?.version : undefined };
}

/** Whether what has come since could change somebody's mind about a command. */
export const isOvertaken = (kind: Kind, seen: Seen, now: Seen) =>
  seen.version !== now.version || (countsAsSeen(kind) && seen.seq < now.seq);

/** Behind a refusal: its own entry is nothing new; what it was refused for has been shown by then. */
export function seenAfter(seen: Seen, refusal: { reason: string; seq: number | undefined }, now: Seen): Seen {
  if (isOutdated(refusal.reason)) return { seq: Math.max(now.seq, refusal.seq ?? 0), version: now.version };
  return { seq: Math.max(seen.seq, refusal.seq ?? now.seq), version: seen.version };
}

/** Held from when the form opens; what is still being read by then, such as one's own last act, is before that. */
export function useSeen(number: string, now: Seen) {
  const isReading = useIsFetching({ queryKey: offersKey(number) }) > 0;
  const [held, setHeld] = useState<Seen>();
  if (held === undefined && !isReading) setHeld(now);
  const seen = held ?? now;
  return { seen, see: setHeld };
}
