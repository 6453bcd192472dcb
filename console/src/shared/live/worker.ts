/** One stream for all tabs: a browser has six connections to a server, and the seventh tab would hang. */
import { follow, type Happened } from "./stream";

/** A page says that it listens, or that it goes. */
export type Said = "hello" | "bye";

/** What happens to tickets; all else is how the line stands. */
const NEWS: ReadonlySet<Happened["is"]> = new Set(["changed", "missed", "inbox", "presence", "calls"]);

const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void };
const ports = new Set<MessagePort>();
let stop: AbortController | undefined;
let state: Happened = { is: "lost" };

function tell(happened: Happened): void {
  if (!NEWS.has(happened.is)) state = happened;
  for (const port of ports) port.postMessage(happened);
}

function start(): void {
  stop?.abort();
  stop = new AbortController();
  void follow(tell, stop.signal);
}

function hear(port: MessagePort, said: Said): void {
  if (said === "bye") {
    ports.delete(port);
    if (ports.size === 0) {
      stop?.abort();
      stop = undefined;
    }
    return;
  }
  ports.add(port);
  // Whoever comes after a session's end has signed in anew.
  if (stop === undefined || state.is === "signed-out" || state.is === "closed") start();
  else port.postMessage(state);
}

scope.onconnect = (event) => {
  const [port] = event.ports;
  if (port !== undefined) port.onmessage = (message: MessageEvent<Said>) => hear(port, message.data);
};
