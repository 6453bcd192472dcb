/** Texts that are written again and again: one's own and what colleagues share. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { isOurs, useSession } from "@shared/session";
import { useObligations, useTicket } from "@shared/tickets/one";
import type { Gaps } from "./filling";

export type Phrase = components["schemas"]["PhraseDocument"];
type Given = Pick<Phrase, "title" | "text" | "shared"> & { kinds: string[] };

/** Of people of ours who write on tickets. */
export function useHasPhrases(): boolean {
  const session = useSession();
  return isOurs(session) && session.commands.length > 0;
}

export function usePhrases() {
  return useQuery({
    queryKey: ["phrases"],
    queryFn: () => read(api.GET("/api/phrases")),
    enabled: useHasPhrases(),
    staleTime: 300_000,
    select: ({ items }) => items,
  });
}

/** What is changed of phrases; the list is read anew, whatever came of it. */
export function useKeepingPhrases() {
  const queries = useQueryClient();
  const done = async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      await queries.invalidateQueries({ queryKey: ["phrases"] });
    }
  };
  return {
    keep: (given: Given) => done(api.POST("/api/phrases", { body: given as never })),
    change: ({ id, version }: Phrase, given: Partial<Given>) =>
      done(api.PATCH("/api/phrases/{phrase}", { params: { path: { phrase: id } }, body: { version, ...given } as never })),
    drop: ({ id }: Phrase) => done(api.DELETE("/api/phrases/{phrase}", { params: { path: { phrase: id } } })),
  };
}

/** What a ticket says for the gaps of a phrase. */
export function useGapsOf(number: string): Gaps {
  const { name } = useSession();
  const { data: ticket } = useTicket(number);
  const { data: promises } = useObligations(number);
  const owed = (promises?.items ?? []).filter(({ due_at: due, state }) => due !== null && state === "running");
  return {
    ...Object.fromEntries(owed.map(({ kind, due_at: due }) => [`due.${kind}`, moment(due ?? "", serverNow())])),
    number,
    contact: ticket?.contact.name,
    customer: ticket?.customer.name,
    title: ticket?.title,
    assignee: ticket?.assignee_name,
    me: name,
  };
}
