import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@shared/api/client";
import type { components } from "@shared/api/schema";

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
