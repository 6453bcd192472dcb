/** What somebody does at the phone: kept at once, sent as soon as it can be, and settled where it was refused. */
import { isHeard, offset, serverNow } from "@shared/clock/server";
import { newId } from "@shared/commands/queries";
import { carrier } from "@shared/api/client";
import { anew, anewAs, before, isOpen, last, lookedAt, openOf, past, UNDO_MS, untilNext, type Act, type Changed } from "./outbox/acts";
import { pauseS, round } from "./outbox/sender";
import { acts, drafts, files } from "./outbox/store";
import { end } from "./ending";
import { meet } from "./meeting";
import { sendAct } from "./queries";
import { readCalls, readTicket } from "./reading";
import { change, keeper, now, readActs, tellTabs } from "./state";

const LITTLE_MS = 50;

let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

let going: Promise<void> | undefined;
let isWanted = false;

/** All that can be sent; what has come since a round that is under way began, with the next one. */
export function sendAll(): Promise<void> {
  clearTimeout(timer);
  isWanted = true;
  going ??= rounds();
  return going;
}

async function rounds(): Promise<void> {
  try {
    while (isWanted) {
      isWanted = false;
      await alone();
    }
  } catch {
    tryLater();
  } finally {
    going = undefined;
  }
}

/** One tab sends, one round at a time; where there are no locks two tabs do no harm: a command is recorded once. */
async function alone(): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  if (locks === undefined) return oneRound();
  return locks.request("zhishou.outbox", { ifAvailable: true }, (lock) => (lock === null ? Promise.resolve() : oneRound()));
}

async function oneRound(): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  // The page began without a network, and nobody has said since who is signed in.
  if (carrier() === undefined) return tryLater();
  const waited = new Set(openOf(now().acts, me.id).map(({ number }) => number));
  const line = { send: sendAct, now: Date.now, offset: () => (isHeard() ? offset() : undefined) };
  const { afterS, isSignedOut, isHeard: isReached } = await round(me.id, keeper, line);
  await tidy();
  tellTabs();
  if (now().me !== me) return; // somebody else has signed in meanwhile
  if (isSignedOut) return end();
  if (afterS > 0 && !isReached) return tryLater();
  tries = afterS > 0 ? tries + 1 : 0;
  for (const number of waited) await readTicket(number).catch(() => undefined);
  if (now().calls.some(({ ticket }) => waited.has(ticket))) await readCalls().catch(() => undefined);
  const soonest = Math.max(LITTLE_MS, untilNext(now().acts, me.id, Date.now(), isHeard() ? offset() : 0));
  const waits = Math.min(soonest, afterS > 0 ? Math.max(afterS, pauseS(tries, Math.random())) * 1000 : Infinity);
  if (Number.isFinite(waits)) later(waits);
}

/** What is on record needs its photos here no more. */
async function tidy(): Promise<void> {
  const all = await acts.all();
  await files.drop(all.filter((act) => !isOpen(act)).flatMap((act) => act.files));
  for (const { id } of past(all)) await acts.replace(id);
  await readActs();
}

/** Where nobody has answered it is first asked who is there. */
const again = () => (now().isReached && isHeard() ? sendAll() : meet());

function later(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void again(), ms);
}

/** Nobody was there: what waits is tried again after a while, and after a longer one. */
export function tryLater(): void {
  change({ isReached: false });
  tries += 1;
  later(pauseS(tries, Math.random()) * 1000);
}

/** Keeps what somebody has done, with its time; it leaves a little later, so that a slip can be taken back. */
export async function done(did: Pick<Act, "number" | "kind" | "data"> & Partial<Pick<Act, "at" | "files" | "id" | "made" | "filled">>): Promise<Act> {
  const { me, heard } = now();
  if (me === undefined) throw new Error("nobody is signed in");
  const isFirst = now().acts.length === 0;
  const act: Act = {
    id: newId(),
    at: new Date(serverNow()).toISOString(),
    files: [],
    made: last(now().acts),
    ...did,
    user: me.id,
    userName: me.name,
    offset: isHeard() ? offset() : heard?.offset,
    heardAt: isHeard() ? Date.now() : heard && heard.at - heard.offset,
    from: Date.now() + UNDO_MS,
    state: "waiting",
    sent: false,
    checked: false,
  };
  await keeper.put(act);
  if (isFirst) void (navigator as { storage?: StorageManager }).storage?.persist?.();
  later(UNDO_MS + LITTLE_MS);
  return act;
}

/** Taken back before it left, or given up after it was refused: the next of its ticket goes on. */
export async function drop(act: Act): Promise<void> {
  const begun = await drafts.get(act.user, act.number, anewAs(act));
  await acts.replace(act.id);
  await files.drop([...act.files, ...(begun?.files ?? [])]);
  await drafts.drop(act.user, act.number, anewAs(act));
  await readActs();
  void sendAll();
}

/** Refused, and sent once more as another command; `made`: where it stands. */
export async function sendAnew(act: Act, with_: Changed = {}): Promise<void> {
  await acts.replace(act.id, anew(act, newId(), with_));
  await drafts.drop(act.user, act.number, anewAs(act));
  await readActs();
  void sendAll();
}

/** What had to come first comes first; what was refused for it goes once more behind it. */
export async function doBefore(refused: Act, did: Pick<Act, "kind" | "data" | "at" | "files">): Promise<void> {
  await done({ ...did, number: refused.number, made: before(now().acts, refused) });
  await sendAnew(refused);
}

/** They have looked at when it happened. */
export async function check(act: Act, at: string): Promise<void> {
  await keeper.put(lookedAt(act, at));
  void sendAll();
}
