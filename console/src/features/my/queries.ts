import { useQueries } from "@tanstack/react-query";
import type { Kind } from "@shared/commands/fields";
import { offersOf } from "@shared/commands/queries";
import { useTickets, type Asked, type TicketLine } from "@shared/tickets/queries";
import { waitingFor, type Word } from "./answers";

/** Of so many each is asked what may be done: the other department's answer is awaited where one's own is given. */
const LOOKED_INTO = 20;

export interface Waiting {
  ticket: TicketLine;
  words: Word[];
}

const sinceOf = ({ waits_since: since }: TicketLine) => Date.parse(since ?? "");

/** Of so many tickets those on which one of these is asked and the reader may answer it, the oldest question first. */
export function useWaiting(asked: NonNullable<Asked["waits_for"]>, may: (kind: Kind) => boolean, limit: number) {
  const { data, error, refetch, isFetching } = useTickets({ waits_for: asked, limit });
  const tickets = data?.items.toSorted((one, other) => sinceOf(one) - sinceOf(other));
  const offers = useQueries({ queries: (tickets ?? []).slice(0, LOOKED_INTO).map(({ number }) => offersOf(number)) });
  const waiting = tickets?.map((ticket, place): Waiting => {
    const known = offers[place]?.data?.items;
    const mayHere = known ? (kind: Kind) => known.some((each) => each.kind === kind && each.possible) : may;
    return { ticket, words: waitingFor(ticket.waits_for ?? [], mayHere) };
  });
  return { waiting: waiting?.filter(({ words }) => words.length > 0), hasMore: Boolean(data?.next), error, refetch, isFetching };
}
