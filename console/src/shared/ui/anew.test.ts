import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { askAnew } from "./anew";

it("what a page waits for is asked for once more, and nothing that has come", async () => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const asked: string[] = [];
  const watched = (name: string, answer: () => Promise<string>) => {
    const queryFn = () => (asked.push(name), answer());
    return new QueryObserver(queries, { queryKey: [name], queryFn }).subscribe(() => undefined);
  };
  let isDead = true;
  const over = [
    watched("there", () => Promise.resolve("read")),
    watched("awaited", () => (isDead ? new Promise<string>(() => undefined) : Promise.resolve("read at last"))),
  ];
  await vi.waitFor(() => expect(asked).toEqual(["there", "awaited"]));
  await vi.waitFor(() => expect(queries.getQueryData(["there"])).toBe("read"));
  isDead = false;
  await askAnew(queries);
  expect(asked).toEqual(["there", "awaited", "awaited"]);
  expect(queries.getQueryData(["awaited"])).toBe("read at last");
  for (const end of over) end();
});
