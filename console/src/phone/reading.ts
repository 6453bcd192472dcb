/** Reads a ticket, and keeps it for when no network is there. */
import { serverNow } from "@shared/clock/server";
import { tickets } from "./outbox/store";
import { calls, whole } from "./queries";
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
