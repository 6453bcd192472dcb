/** A session ends, and with it what could be read; what waits or was begun stays until the same person signs in again. */
import { readActs, change, now, tellTabs, type Me } from "./state";
import { forgetTickets, notes } from "./outbox/store";
import { answeredAt, mayRead, seenAt, type Answered } from "./readable";

/** The server has answered as them, just now. */
export const answeredAs = (user: string) => notes.put("answered", answeredAt(user, Date.now()));

/** The sign-in page is shown at once. */
export async function end(): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  change({ me: undefined, over: me, tickets: [], calls: [] });
  await forgetTickets(me.id);
  await readActs();
  tellTabs();
}

/** Whether they may read on; asked each minute, also of a page that nobody looks at. */
export async function mayStill(me: Me): Promise<boolean> {
  const at = Date.now();
  const answered = await notes.revise<Answered>("answered", (kept) => seenAt(kept, at));
  return mayRead(me.id, answered, at);
}

export async function endIfOld(): Promise<void> {
  const { me } = now();
  if (me !== undefined && !(await mayStill(me)) && now().me === me) await end();
}
