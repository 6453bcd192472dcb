import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";

type Shown = components["schemas"];
export type Rules = Shown["RulesDocument"];
export type Rule = Shown["RuleDocument"];

/** In the place of a role: every one without a rule of its own. */
export const OTHERS = "others";

const KEY = ["channel-rules"];
const at = (urgency: string, role: string) => ({ params: { path: { urgency, role } } });

/** By which channels messages leave, and what changes it. */
export function useRules() {
  const queries = useQueryClient();
  const keep = async (rules: Promise<Rules>) => void queries.setQueryData(KEY, await rules);
  return {
    ...useQuery({ queryKey: KEY, queryFn: () => read(api.GET("/api/channel-rules")) }),
    layDown: (urgency: string, role: string, body: Shown["NewRule"]) =>
      keep(read(api.PUT("/api/channel-rules/{urgency}/{role}", { ...at(urgency, role), body }))),
    takeBack: ({ urgency, role }: Rule) => keep(read(api.DELETE("/api/channel-rules/{urgency}/{role}", at(urgency, role ?? OTHERS)))),
  };
}
