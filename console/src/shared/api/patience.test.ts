import { expect, it, vi } from "vitest";
import { forget, offset } from "@shared/clock/server";
import { api, waitAtMost } from "./client";
import { NoAnswer } from "./problems";

vi.hoisted(() => vi.stubGlobal("location", { origin: "http://127.0.0.1" }));

type Signal = AbortSignal | null | undefined;

const silent = (signal: Signal) => new Promise<never>((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason as Error)));

/** An answer whose head comes, and no more. */
function half(signal: Signal): Response {
  const body = new ReadableStream({ start: (held) => void silent(signal).catch((gone: unknown) => held.error(gone)) });
  return new Response(body, { headers: { "x-request-id": "r" } });
}

it.each([
  ["before an answer", silent],
  ["within one", (signal: Signal) => Promise.resolve(half(signal))],
])("a line that is dead %s is no answer after a while", async (_, serve) => {
  waitAtMost(20);
  vi.stubGlobal("fetch", (_asked: Request, how?: RequestInit) => serve(how?.signal));
  await expect(api.GET("/api/session")).rejects.toBeInstanceOf(NoAnswer);
});

const answering = (serve: (signal: Signal) => Promise<Response>) => {
  vi.stubGlobal("fetch", (_asked: Request, how?: RequestInit) => serve(how?.signal));
};

it("whoever asked may give it up before", async () => {
  waitAtMost(60_000);
  answering(silent);
  const given = new AbortController();
  const asked = api.GET("/api/session", { signal: given.signal });
  setTimeout(() => given.abort(new Error("given up")), 10);
  await expect(asked).rejects.toThrow("given up");
});

it("an answer without a body is one, though the browser gives it an empty body", async () => {
  waitAtMost(60_000);
  const bare = new Response(null, { status: 204, headers: { "x-request-id": "r" } });
  Object.defineProperty(bare, "body", { value: new ReadableStream() });
  answering(async () => bare);
  const { response } = await api.DELETE("/api/session");
  expect(response.status).toBe(204);
});

it("what a server works at for long is waited for longer", async () => {
  waitAtMost(20);
  const found = { holds: true };
  answering(
    (signal) =>
      new Promise((resolve, fail) => {
        signal?.addEventListener("abort", () => fail(signal.reason as Error));
        setTimeout(() => resolve(Response.json(found, { headers: { "x-request-id": "r" } })), 60);
      }),
  );
  const { data } = await api.GET("/api/tickets/{number}/verdict", { params: { path: { number: "EA65ZNRY" } } });
  expect(data).toEqual(found);
});

it("an answer that comes slowly tells the clock by its head, not by when the last of it was there", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-26T06:00:00Z") });
  forget();
  waitAtMost(60_000);
  const slow = new ReadableStream({
    pull(body) {
      vi.setSystemTime(Date.now() + 40_000);
      body.enqueue(new TextEncoder().encode("{}"));
      body.close();
    },
  }, { highWaterMark: 0 });
  const headers = { date: new Date().toUTCString(), "content-type": "application/json", "x-request-id": "r" };
  answering(() => Promise.resolve(new Response(slow, { headers })));
  await api.GET("/api/session");
  expect(offset()).toBe(500); // dates have whole seconds
  vi.useRealTimers();
});
