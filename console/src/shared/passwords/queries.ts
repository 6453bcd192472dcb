import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@shared/api/client";

export function useChangePassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { current: string; new: string }) => api.PUT("/api/session/password", { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["sessions"] }),
  });
}
