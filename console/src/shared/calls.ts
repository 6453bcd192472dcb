/** That somebody has called back, or that a ticket came of the call. */
import { api, read } from "./api/client";

export const returnCall = (call: string, ticket: string | null) =>
  read(api.POST("/api/desk/calls/{call}/return", { params: { path: { call } }, body: { ticket } }));
