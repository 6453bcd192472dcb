/** What the phone knows: who works at it, their tickets as last read, what waits. */
import { useSyncExternalStore } from "react";
import type { Session } from "@shared/api/client";
import type { Act } from "./outbox/acts";
import { acts, notes } from "./outbox/store";
import type { Called, Pack, Seen } from "./queries";

export type Me = Pick<Session, "id" | "name" | "role" | "commands" | "may_open">;
export interface Heard {
  offset: number;
  at: number;
}

export interface Phone {
  /** What was kept has been read. */
  isRead: boolean;
  me: Me | undefined;
  /** Whose session is over: nothing is read or sent until they have signed in. */
  over: Me | undefined;
  /** The server answered last time. */
  isReached: boolean;
  acts: Act[];
  tickets: Seen[];
  /** Nobody has answered these, by what the server said last. */
  calls: Called[];
  /** The contract packs: what levels are called, and for a report that is taken where no network is. */
  packs: Pack[];
  heard: Heard | undefined;
  newBuild: ServiceWorker | undefined;
}

let phone: Phone = { isRead: false, me: undefined, over: undefined, isReached: true, acts: [], tickets: [], calls: [], packs: [], heard: undefined, newBuild: undefined };
const listeners = new Set<() => void>();
/** The browser inside of another app may have no channel, and only one page. */
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("zhishou.phone") : undefined;

export function change(next: Partial<Phone>): void {
  phone = { ...phone, ...next };
  for (const listener of listeners) listener();
}
function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export const usePhone = () => useSyncExternalStore(listen, () => phone);
export const now = () => phone;

/** What stands in the database by now. */
export const readActs = async () => change({ acts: await acts.all() });

/** Other tabs of the phone hear of what changed, as this one does of what they have changed. */
const CHANGED = "changed";
export const tellTabs = () => channel?.postMessage(CHANGED);
channel?.addEventListener("message", () => void Promise.all([readActs(), letGo()]));

/** Whom another tab has signed out, or found to be, is not read on here. */
async function letGo(): Promise<void> {
  const { me } = phone;
  const kept = await notes.get<Me>("me");
  if (me !== undefined && kept?.id !== me.id && phone.me === me) change({ me: undefined, tickets: [], calls: [] });
}

export const keeper = {
  ...acts,
  async put(...changed: Act[]) {
    await acts.put(...changed);
    await readActs();
  },
};
