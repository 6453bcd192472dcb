/** Links that open one question for one person, once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { readAll } from "@shared/records/listed";

export type Link = components["schemas"]["LinkDocument"];
export type Issued = components["schemas"]["IssuedDocument"];

const of = (number: string) => ["tickets", number, "links"];

/** Those that the reader may know of, the newest first. */
export function useIssued(number: string, isKnown: boolean) {
  return useQuery({
    enabled: isKnown,
    queryKey: of(number),
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

/** What opens a link that the reader's command has handed over; `spoken`: a code to read out. */
export const fetchLink = (number: string, command: string, spoken: boolean): Promise<Link> =>
  read(api.POST("/api/tickets/{number}/links", { params: { path: { number } }, body: { command_id: command, spoken } }));

/** By which an approver answers the application on their own phone. */
export const linkToApprove = (number: string): Promise<Link> =>
  read(api.POST("/api/tickets/{number}/approval-link", { params: { path: { number } }, body: { action: "approve_major" } }));
