/** Lists of tickets that somebody keeps under a name, and those that colleagues share. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { readsAtADesk, useSession } from "@shared/session";
import { addressOf, isSame } from "./asked";
import { useCounts, type Asked } from "./queries";

type ViewDocument = components["schemas"]["ViewDocument"];
type NewView = components["schemas"]["NewView"];
type ChangedView = components["schemas"]["ChangedView"];

/** `to`: where it stands; nothing where it was made elsewhere, of what no address says. */
export interface KeptView extends Omit<ViewDocument, "query"> {
  query: Asked;
  to: string | undefined;
}

type Kept = Pick<KeptView, "name" | "query" | "shared" | "position"> & Pick<NewView, "columns">;

/** So many lists can be counted at once. */
const COUNTED = 30;

export const viewOfDocument = (document: ViewDocument): KeptView => {
  const address = addressOf(document.query as Asked);
  return { ...document, query: document.query as Asked, to: address && `/tickets?${address}` };
};

/** One's own in their order, then what colleagues share. */
export function useKeptViews(): KeptView[] {
  const { data } = useQuery({
    queryKey: ["views"],
    queryFn: () => read(api.GET("/api/views")),
    enabled: readsAtADesk(useSession()),
    staleTime: 300_000,
    select: ({ items }) => items.map(viewOfDocument),
  });
  return data ?? NONE;
}

const NONE: KeptView[] = [];

/** How many tickets each of them holds, by its id; of very many the first. */
export function useKeptCounts(views: readonly KeptView[]) {
  const asked = views.slice(0, COUNTED).map(({ id, query }) => [id, query] as const);
  return useCounts(Object.fromEntries(asked), asked.length > 0).data?.views ?? {};
}

/** The view that holds just this list: one's own, or else a colleague's. */
export const viewLike = (views: readonly KeptView[], asked: Asked) => views.find(({ query }) => isSame(query, asked));

/** What is changed of views; lists of them are read anew, whatever came of it. */
export function useKeeping() {
  const queries = useQueryClient();
  const done = async <T>(act: Promise<T>): Promise<T> => {
    try {
      return await act;
    } finally {
      await queries.invalidateQueries({ queryKey: ["views"] });
    }
  };
  return {
    keep: ({ query, ...given }: Kept) => done(api.POST("/api/views", { body: { ...given, query: query as NewView["query"] } })),
    change: ({ id, version }: KeptView, change: Partial<Kept>) =>
      done(api.PATCH("/api/views/{view}", { params: { path: { view: id } }, body: { version, ...change } as ChangedView })),
    drop: ({ id }: KeptView) => done(api.DELETE("/api/views/{view}", { params: { path: { view: id } } })),
  };
}
