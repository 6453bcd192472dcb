import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { SCOPES_OF, type Rights } from "@shared/records/rights";

export type Token = components["schemas"]["TokenDocument"];

export function useSessions() {
  return useQuery({ queryKey: ["sessions"], queryFn: () => read(api.GET("/api/sessions")) });
}

export function useEndOthers() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/api/sessions"),
    onSettled: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
}

/** One's own tokens, and what is done with them. */
export function useTokens() {
  const queries = useQueryClient();
  const anew = () => queries.invalidateQueries({ queryKey: ["tokens"] });
  return {
    tokens: useQuery({ queryKey: ["tokens"], queryFn: () => read(api.GET("/api/tokens")) }),
    make: async (name: string, rights: Rights, days: number): Promise<string> => {
      const { token } = await read(api.POST("/api/tokens", { body: { name, scopes: [...SCOPES_OF[rights]], days } }));
      void anew();
      return token;
    },
    revoke: async (id: string) => {
      await api.DELETE("/api/tokens/{token}", { params: { path: { token: id } } });
      await anew();
    },
  };
}

export type Channels = components["schemas"]["ChannelsDocument"];
export type Preferences = components["schemas"]["Preferences"];

/** How one is reached outside the inbox, and what one would rather have. */
export function useChannels() {
  const queries = useQueryClient();
  return {
    ...useQuery({ queryKey: ["channels"], queryFn: () => read(api.GET("/api/inbox/channels")) }),
    prefer: async (body: Preferences) => queries.setQueryData(["channels"], await read(api.PUT("/api/inbox/channels", { body }))),
  };
}
