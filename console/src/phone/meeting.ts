/** The phone meets the server: who is signed in there, what waits is sent, what is on the screen is read. */
import { carry, onSignedOut, type Session } from "@shared/api/client";
import { ApiProblem } from "@shared/api/problems";
import { isHeard, offset, recall, serverNow } from "@shared/clock/server";
import { sendAll, tryLater } from "./doing";
import { acts, forget, notes, tickets } from "./outbox/store";
import { enter, leave, mine, packs, whoAmI, type Pack, type Seen } from "./queries";
import { readTicket } from "./reading";
import { change, now, tellTabs, type Heard, type Me } from "./state";

const EACH_MS = 60_000;

/** With all that was kept, also where nobody answers. */
export async function begin(): Promise<void> {
  const [me, heard] = [await notes.get<Me>("me"), await notes.get<Heard>("heard")];
  if (heard !== undefined) recall(heard.offset);
  change({ isRead: true, me, heard, acts: await acts.all(), tickets: me ? await tickets.of<Seen>(me.id) : [], packs: (await notes.get<Pack[]>("packs")) ?? [] });
  onSignedOut(() => change({ isOver: true }));
  addEventListener("online", () => void meet());
  document.addEventListener("visibilitychange", () => void (document.hidden || meet()));
  setInterval(() => void (document.hidden || meet()), EACH_MS);
  await meet();
}

/** The server is met: who is signed in there, what waits is sent, what is on the screen is read. */
export async function meet(): Promise<void> {
  try {
    const session = await whoAmI();
    carry(session);
    if (await notes.get("leaving")) return await finishLeaving();
    if (session.password_to_change) return toDesk();
    if (now().me?.id !== session.id) await become(session);
    change({ isOver: false });
    await reached();
    await sendAll();
    await refresh();
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) {
      await notes.drop("leaving");
      await reached();
      change({ isOver: true });
    } else tryLater();
  }
}

async function reached(): Promise<void> {
  if (!isHeard()) return;
  const heard = { offset: offset(), at: serverNow() };
  change({ isReached: true, heard });
  await notes.put("heard", heard);
}

/** Another person gets their own tickets and their own acts. */
async function become({ id, name, role, commands, may_open }: Session): Promise<void> {
  const me: Me = { id, name, role, commands, may_open };
  await notes.put("me", me);
  change({ me, tickets: await tickets.of<Seen>(id) });
}

export async function signIn(user: string, password: string): Promise<void> {
  const session = await enter(user, password);
  carry(session);
  await notes.drop("leaving");
  if (session.password_to_change) return toDesk();
  await become(session);
  change({ isOver: false });
  void meet();
}

/** There a password that was handed out is changed for one's own. */
const toDesk = () => location.assign("/");

/** What waits stays, for them alone. Without a network the session is ended as soon as there is one. */
export async function signOut(): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  await notes.put("leaving", true);
  await notes.drop("me");
  await forget(me.id);
  change({ me: undefined, tickets: [], isOver: false, acts: await acts.all() });
  tellTabs();
  await meet();
}

async function finishLeaving(): Promise<void> {
  await leave();
  carry(null);
  await notes.drop("leaving");
  await reached();
}

/** Every ticket of theirs, read anew where it has changed. */
async function refresh(): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  const lines = await mine();
  for (const line of lines) {
    const kept = now().tickets.find(({ ticket }) => ticket.number === line.number);
    if (kept === undefined || kept.ticket.updated_at !== line.updated_at) await readTicket(line.number);
  }
  const isTheirs = (seen: Seen) => lines.some(({ number }) => number === seen.ticket.number);
  for (const gone of now().tickets.filter((seen) => !isTheirs(seen))) await tickets.drop(me.id, gone.ticket.number);
  if (now().packs.length === 0 && me.may_open) {
    change({ packs: await packs() });
    await notes.put("packs", now().packs);
  }
  change({ tickets: now().tickets.filter(isTheirs).map(readNow) });
}

const readNow = (seen: Seen): Seen => ({ ...seen, at: serverNow() });
