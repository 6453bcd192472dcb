import { api, read } from "@shared/api/client";
import { useListed } from "@shared/records/listed";

const A_PAGE = 50;

/** Whom the ticket has told what, page by page. */
export function useNotified(number: string) {
  return useListed(["tickets", number, "notified"], (cursor) =>
    read(api.GET("/api/tickets/{number}/told", { params: { path: { number }, query: { limit: A_PAGE, ...(cursor && { cursor }) } } })),
  );
}
