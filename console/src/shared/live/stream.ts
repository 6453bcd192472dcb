/** The event stream of the API, read with `fetch`: an EventSource tells no status and takes no header. */
import type { components } from "@shared/api/schema";

export type Present = components["schemas"]["PresentDocument"];

export type Happened =
  | { is: "live" }
  | { is: "lost" }
  | { is: "signed-out" }
  | { is: "closed" }
  | { is: "missed" }
  /** Perhaps the reader has messages more or less that are unread. */
  | { is: "inbox" }
  /** A call comes in, ends or is returned. */
  | { is: "calls" }
  | { is: "changed"; tickets: Record<string, number> }
  | { is: "presence"; on: Record<string, Present[]> };

const LONGEST_PAUSE_S = 30;
/** The server says something every 15 s: a line on which nothing comes is dead, though nobody has hung up. */
const SILENT_MS = 45_000;

interface Heard {
  event: string;
  data: string;
  id: string;
}

/** Events of what came so far, and the rest that is no whole event yet. */
export function eventsOf(text: string): [Heard[], string] {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  return [blocks.map(eventOf).filter((each) => each.event !== ""), rest];
}

function eventOf(block: string): Heard {
  const heard: Heard = { event: "", data: "", id: "" };
  for (const line of block.split("\n")) {
    const [name, value] = [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trimStart()];
    if (name === "event" || name === "data" || name === "id") heard[name] += value;
  }
  return heard;
}

/** Follows until told to stop, or until nobody may listen: signed out, or a role without tickets. */
export async function follow(tell: (happened: Happened) => void, signal: AbortSignal): Promise<void> {
  let last = "";
  let failures = 0;
  while (!signal.aborted) {
    const before = failures;
    const ear = listening(signal);
    try {
      const answer = await fetch("/api/events", { signal: ear.signal, headers: last ? { "Last-Event-ID": last } : {} });
      if (answer.status === 401) return tell({ is: "signed-out" });
      if (answer.status === 403) return tell({ is: "closed" });
      if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
      failures = 0;
      tell({ is: "live" });
      // Its first words after a break without a last event are "ready": what happened meanwhile nobody knows.
      if (before > 0 && last === "") tell({ is: "missed" });
      last = await listen(answer.body, tell, last, ear.heard);
    } catch {
      if (signal.aborted) return;
      failures = before + 1;
      tell({ is: "lost" });
      await pause(Math.min(2 ** (failures - 1), LONGEST_PAUSE_S), signal);
    } finally {
      ear.close();
    }
  }
}

/** Gives up when told to, or where nothing is heard for long. */
function listening(told: AbortSignal) {
  const over = new AbortController();
  const giveUp = () => over.abort();
  let silent: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(silent);
    silent = setTimeout(giveUp, SILENT_MS);
  };
  const close = () => {
    clearTimeout(silent);
    told.removeEventListener("abort", giveUp);
  };
  told.addEventListener("abort", giveUp);
  heard();
  return { signal: over.signal, heard, close };
}

async function listen(body: ReadableStream<Uint8Array>, tell: (happened: Happened) => void, seen: string, heard: () => void) {
  let [last, rest] = [seen, ""];
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return last;
    heard();
    const [events, more] = eventsOf(rest + decoder.decode(value, { stream: true }));
    rest = more;
    for (const each of events) {
      if (each.id !== "") last = each.id;
      if (each.event === "missed") tell({ is: "missed" });
      if (each.event === "inbox" || each.event === "calls") tell({ is: each.event });
      if (each.event === "presence") tell({ is: "presence", on: JSON.parse(each.data) as Record<string, Present[]> });
      if (each.event === "changed") tell({ is: "changed", tickets: JSON.parse(each.data) as Record<string, number> });
    }
  }
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
