import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { newId, send } from "@shared/commands/queries";

export type Message = components["schemas"]["MessageDocument"];

/** Everything that somebody saw, up to a message; what came since is still unread. */
export function useMarkAll() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) => api.POST("/api/inbox/read", { body: { up_to: upTo } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["inbox"] }),
  });
}

/** Marks messages as read, one after the other; what fails is still unread. */
export function useMarkRead() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (messages: Message[]) => {
      for (const { id } of messages) {
        // oxlint-disable-next-line no-await-in-loop -- the API counts requests, people do not wait for these
        await api.POST("/api/inbox/{message}/read", { params: { path: { message: id } } });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["inbox"] }),
  });
}

/** Who is called says that they have it. Pressed again it is the same command: another call is another message. */
export function useAcknowledging() {
  const queries = useQueryClient();
  const [id] = useState(newId);
  return useMutation({
    mutationFn: (number: string) => send(number, { command_id: id, kind: "acknowledge", data: {} }),
    onSettled: (_decision, _error, number) =>
      Promise.all([queries.invalidateQueries({ queryKey: ["inbox"] }), queries.invalidateQueries({ queryKey: ["tickets", number] })]),
  });
}
