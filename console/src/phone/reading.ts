/** Reads tickets, and what levels are called, and keeps it for when no network is there. */
import { serverNow } from "@shared/clock/server";
import { notes, tickets } from "./outbox/store";
import { calls, packs, whole } from "./queries";
import { change, now } from "./state";

export async function readTicket(number: string): Promise<void> {
  const { me } = now();
  if (me === undefined) return;
  const seen = await whole(number, serverNow);
  if (now().me?.id !== me.id) return;
  change({ tickets: [...now().tickets.filter((each) => each.ticket.number !== number), seen] });
  await tickets.put(me.id, number, seen);
}

/** Who is called to answer for what, as it stands now. */
export async function readCalls(): Promise<void> {
  const { me } = now();
  const found = me === undefined ? [] : await calls();
  if (now().me?.id === me?.id) change({ calls: found });
}

const OLD_MS = 24 * 3_600_000;
/** When this page has read packs, by the phone's clock; and for which levels that had no name there. */
let packsReadAt = -Infinity;
const askedFor = new Set<string>();

/** Of tickets whose level has no name here, for which nobody has asked yet. */
function unnamed(): string[] {
  const known = new Set(now().packs.flatMap(({ id, levels }) => levels.map((level) => `${id}:${level.id}`)));
  const wanted = now().tickets.filter(({ ticket }) => ticket.level !== null).map(({ ticket: { pack, level } }) => `${pack}:${level}`);
  return wanted.filter((each) => !known.has(each) && !askedFor.has(each));
}

/** Once by each page, once a day, and where a ticket has a level that is new: packs change. What is kept stands until then. */
export async function readPacks(): Promise<void> {
  const lacking = unnamed();
  if (Date.now() < packsReadAt + OLD_MS && lacking.length === 0) return;
  const found = await packs();
  packsReadAt = Date.now();
  for (const each of lacking) askedFor.add(each);
  change({ packs: found });
  await notes.put("packs", found);
}
