/** Calls that come in, and that somebody has called back, or that a ticket came of one. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, read } from "./api/client";

/** Whoever goes on to another page at once has called back all the same. */
export const returnCall = (call: string, ticket: string | null) =>
  read(api.POST("/api/desk/calls/{call}/return", { params: { path: { call } }, body: { ticket }, keepalive: true }));

export function useReturning(call: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => returnCall(call, null),
    onSettled: () => queries.invalidateQueries({ queryKey: ["calls"] }),
  });
}

/** Where the report of a call is taken. */
export const reportOf = ({ id, number }: { id: string; number: string }) => `/new?${new URLSearchParams({ phone: number, call: id })}`;
