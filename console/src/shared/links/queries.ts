/** Links that open one question for one person, once. */
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

export type Link = components["schemas"]["LinkDocument"];

/** What opens a link that the reader's command has handed over; `spoken`: a code to read out. */
export const fetchLink = (number: string, command: string, spoken: boolean): Promise<Link> =>
  read(api.POST("/api/tickets/{number}/links", { params: { path: { number } }, body: { command_id: command, spoken } }));

/** By which an approver answers the application on their own phone. */
export const linkToApprove = (number: string): Promise<Link> =>
  read(api.POST("/api/tickets/{number}/approval-link", { params: { path: { number } }, body: { action: "approve_major" } }));
