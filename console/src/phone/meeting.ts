/** The phone meets the server: who is signed in there, what waits is sent, what is on the screen is read. */
import { carry, onSignedOut, PATIENCE_MS, waitAtMost, type Session } from "@shared/api/client";
import { ApiProblem } from "@shared/api/problems";
import { isHeard, offset, recall, serverNow } from "@shared/clock/server";
import { sendAll, tryLater } from "./doing";
import { answeredAs, end, endIfOld, mayStill } from "./ending";
import { acts, forget, forgetTickets, notes, tickets } from "./outbox/store";
import { enter, leave, mine, whoAmI, type Pack, type Seen } from "./queries";
import { readCalls, readPacks, readTicket } from "./reading";
import { change, now, tellTabs, type Heard, type Me } from "./state";

const EACH_MS = 60_000;

/** Of this many people; whoever signs in or out begins another one, and what was asked before says nothing of it. */
let turn = 0;
/** Somebody signs in: nobody leaves meanwhile, for one session would end with the other. */
let isEntering = false;
let leaving = Promise.resolve();

/** With all that was kept and may still be read, also where nobody answers. */
export async function begin(): Promise<void> {
  const [kept, heard] = [await notes.get<Me>("me"), await notes.get<Heard>("heard")];
  if (heard !== undefined) recall(heard.offset);
  const me = kept && (await mayStill(kept)) ? kept : undefined;
  if (me === undefined && kept !== undefined) await forgetTickets(kept.id);
  const over = me === undefined ? kept : undefined;
  change({ isRead: true, me, over, heard, acts: await acts.all(), tickets: me ? await tickets.of<Seen>(me.id) : [], packs: (await notes.get<Pack[]>("packs")) ?? [] });
  onSignedOut(() => void end());
  waitAtMost(PATIENCE_MS);
  addEventListener("online", () => void meet());
  document.addEventListener("visibilitychange", () => void look());
  setInterval(() => void look(), EACH_MS);
  await meet();
}

async function look(): Promise<void> {
  await endIfOld();
  if (!document.hidden) await meet();
}

/** The server is met: who is signed in there, what waits is sent, what is on the screen is read. */
export async function meet(): Promise<void> {
  const asked = turn;
  try {
    const session = await whoAmI();
    const left = await notes.get("leaving");
    if (asked !== turn || isEntering) return;
    carry(session);
    if (left === session.id) return await (leaving = finishLeaving());
    await notes.drop("leaving"); // of somebody who left, and whose session another's has replaced here
    if (session.password_to_change) return toDesk();
    await become(session, asked);
    await reached();
    await sendAll();
    await refresh();
  } catch (error) {
    if (asked !== turn) return;
    if (error instanceof ApiProblem && error.status === 401) {
      await notes.drop("leaving");
      await reached();
      await end();
    } else tryLater();
  }
}

async function reached(): Promise<void> {
  if (!isHeard()) return;
  const heard = { offset: offset(), at: serverNow() };
  change({ isReached: true, heard });
  await notes.put("heard", heard);
}

/** The server has answered as them. Another person gets their own tickets and their own acts, and finds nobody else's. */
async function become({ id, name, role, commands, may_open }: Session, asked: number): Promise<void> {
  await answeredAs(id);
  const before = now().me;
  if (before?.id === id) return;
  if (before !== undefined) await forgetTickets(before.id);
  const me: Me = { id, name, role, commands, may_open };
  const kept = await tickets.of<Seen>(id);
  if (asked !== turn) return;
  change({ me, over: undefined, tickets: kept, calls: [] });
  await notes.put("me", me);
}

export async function signIn(user: string, password: string): Promise<void> {
  const session = await entered(user, password);
  carry(session);
  await notes.drop("leaving");
  if (session.password_to_change) return toDesk();
  await become(session, turn);
  void meet();
}

async function entered(user: string, password: string): Promise<Session> {
  isEntering = true;
  try {
    await leaving.catch(() => undefined);
    const session = await enter(user, password);
    turn += 1;
    return session;
  } catch (error) {
    void meet(); // nobody looked meanwhile who is there
    throw error;
  } finally {
    isEntering = false;
  }
}

/** There a password that was handed out is changed for one's own. */
const toDesk = () => location.assign("/");

/** What waits stays, for them alone. Without a network the session is ended as soon as there is one. */
export async function signOut(): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  turn += 1;
  await notes.put("leaving", me.id);
  await notes.drop("me");
  await forget(me.id);
  change({ me: undefined, tickets: [], calls: [], acts: await acts.all() });
  tellTabs();
  await meet();
}

async function finishLeaving(): Promise<void> {
  await leave();
  carry(null);
  await notes.drop("leaving");
  await reached();
}

/** Every ticket of theirs, read anew where it has changed; and those for which they are called. */
async function refresh(): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  const lines = await mine();
  await readCalls();
  if (now().me !== me) return;
  for (const line of lines) {
    const kept = now().tickets.find(({ ticket }) => ticket.number === line.number);
    if (kept === undefined || kept.ticket.updated_at !== line.updated_at) await readTicket(line.number);
  }
  const others = now().calls.filter(({ ticket }) => lines.every(({ number }) => number !== ticket));
  for (const { ticket } of others) await readTicket(ticket);
  if (now().me !== me) return;
  const isTheirs = ({ ticket: { number } }: Seen) => [...lines, ...others.map(({ ticket }) => ({ number: ticket }))].some((each) => each.number === number);
  for (const gone of now().tickets.filter((seen) => !isTheirs(seen))) await tickets.drop(me.id, gone.ticket.number);
  if (now().me !== me) return;
  change({ tickets: now().tickets.filter(isTheirs).map(readNow) });
  await readPacks().catch(() => undefined); // what levels are called is no reason to try all of it again
}

const readNow = (seen: Seen): Seen => ({ ...seen, at: serverNow() });
