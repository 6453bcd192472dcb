/** Links that open one question for one person, once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { readAll } from "@shared/records/listed";

export type Link = components["schemas"]["LinkDocument"];
export type Issued = components["schemas"]["IssuedDocument"];
/** The channels by which links travel. */
export type By = NonNullable<components["schemas"]["FetchLink"]["by"]>;

/** How often one that is on its way is looked at. */
const LOOK_MS = 2000;

const of = (number: string) => ["tickets", number, "links"];

/** Those that the reader may know of, the newest first. */
export function useIssued(number: string, isKnown: boolean) {
  return useQuery({
    enabled: isKnown,
    queryKey: of(number),
    refetchInterval: ({ state }) => state.data?.some(({ sent }) => sent?.became === "leaving") && LOOK_MS,
    queryFn: async () =>
      (
        await readAll((cursor) =>
          read(api.GET("/api/tickets/{number}/approval-links", { params: { path: { number }, query: cursor ? { cursor } : {} } })),
        )
      ).toReversed(),
  });
}

export function useReadAnew(number: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: of(number) });
}

export const revokeLink = (number: string, link: string) =>
  api.DELETE("/api/tickets/{number}/approval-links/{link}", { params: { path: { number, link } } });

/** `spoken`: as a code to read out. `by`: sent to the address on record of whom it is for; nobody here sees it. */
interface How {
  spoken?: boolean;
  by?: By;
}

/** What opens a link that the reader's command has handed over. */
export const fetchLink = (number: string, command: string, { spoken = false, by }: How = {}): Promise<Link> =>
  read(api.POST("/api/tickets/{number}/links", { params: { path: { number } }, body: { command_id: command, spoken, by: by ?? null } }));

/** By which channels it could be sent, and where it would go. */
export const useWays = (number: string, command: string) =>
  useQuery({
    queryKey: [...of(number), command],
    queryFn: async () => (await read(api.GET("/api/tickets/{number}/links/{handed}", { params: { path: { number, handed: command } } }))).items,
  });

/** By which an approver answers the application on their own phone. */
export const linkToApprove = (number: string): Promise<Link> =>
  read(api.POST("/api/tickets/{number}/approval-link", { params: { path: { number } }, body: { action: "approve_major", by: null } }));
