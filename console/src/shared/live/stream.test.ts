import { afterEach, describe, expect, it, vi } from "vitest";
import { eventsOf, follow, type Happened } from "./stream";

const answer = (body: string, status = 200) => new Response(body, { status });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the stream's text", () => {
  it("is cut where an event ends, wherever the network cut it", () => {
    const whole = 'event: changed\ndata: {"22222222": 7}\nid: 41\n\n: keep-alive\n\nevent: mis';
    const [events, rest] = eventsOf(whole);
    expect(events).toEqual([{ event: "changed", data: '{"22222222": 7}', id: "41" }]);
    expect(rest).toBe("event: mis");
    expect(eventsOf(`${rest}sed\ndata: {}\nid: 42\n\n`)[0]).toEqual([{ event: "missed", data: "{}", id: "42" }]);
  });
});

async function heard(answers: (() => Response)[]): Promise<{ told: Happened[]; sent: string[] }> {
  const told: Happened[] = [];
  const sent: string[] = [];
  const fetched = vi.fn((_: string, init: RequestInit) => {
    sent.push((init.headers as Record<string, string>)["Last-Event-ID"] ?? "");
    return Promise.resolve((answers.shift() ?? (() => answer("", 401)))());
  });
  vi.stubGlobal("fetch", fetched);
  await follow((happened) => told.push(happened), new AbortController().signal);
  return { told, sent };
}

describe("following", () => {
  it("tells what changed, and comes back with the last event that it saw", async () => {
    const { told, sent } = await heard([() => answer('event: changed\ndata: {"22222222": 7}\nid: 41\n\n')]);
    expect(told).toEqual([{ is: "live" }, { is: "changed", tickets: { "22222222": 7 } }, { is: "signed-out" }]);
    expect(sent).toEqual(["", "41"]);
  });

  it("says that it missed what happened while nobody answered", async () => {
    const { told } = await heard([() => answer("", 503), () => answer("event: ready\ndata: {}\nid: 5\n\n")]);
    expect(told.map((each) => each.is)).toEqual(["lost", "live", "missed", "signed-out"]);
  });

  it("leaves a line on which nothing comes any more, though nobody hangs up", async () => {
    vi.useFakeTimers();
    const told: Happened[] = [];
    const stop = new AbortController();
    const fetched = vi.fn((_: string, { signal }: RequestInit) => {
      const body = new ReadableStream({
        start: (line) => {
          line.enqueue(new TextEncoder().encode("event: ready\ndata: {}\nid: 5\n\n"));
          signal?.addEventListener("abort", () => line.error(signal.reason));
        },
      });
      return Promise.resolve(new Response(body));
    });
    vi.stubGlobal("fetch", fetched);
    const following = follow((happened) => told.push(happened), stop.signal);
    await vi.advanceTimersByTimeAsync(44_000);
    expect(told.map((each) => each.is)).toEqual(["live"]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told.map((each) => each.is)).toEqual(["live", "lost", "live", "missed"]);
    stop.abort();
    await following;
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it("ends where the role has no tickets", async () => {
    const { told } = await heard([() => answer("", 403)]);
    expect(told).toEqual([{ is: "closed" }]);
  });
});
