import { useQuery } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";

/** The ways in that are configured beside the password. */
export function useProviders() {
  return useQuery({ queryKey: ["providers"], queryFn: () => read(api.GET("/api/session/providers")) });
}
