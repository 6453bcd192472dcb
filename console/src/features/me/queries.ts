import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";

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
