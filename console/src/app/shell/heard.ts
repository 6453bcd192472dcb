/** Alarms are heard wherever somebody is in the console. */
import { useEffect, useRef } from "react";
import { useUnreadMessages } from "@shared/inbox";
import { loudSince, soundFor } from "@shared/sound";

export function useAlarmsHeard(): void {
  const messages = useUnreadMessages();
  /** What had come before the page was opened has been heard, or was not to be. */
  const since = useRef<number>(undefined);
  useEffect(() => {
    if (messages === undefined) return;
    const newest = Math.max(0, ...messages.map(({ created_at: at }) => Date.parse(at)));
    const came = since.current === undefined ? undefined : loudSince(messages, since.current);
    since.current = Math.max(since.current ?? 0, newest);
    if (came !== undefined) soundFor(came);
  }, [messages]);
}
