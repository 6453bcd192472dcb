/** One ticker for the page: a second each, none while nobody looks. */
import { useSyncExternalStore } from "react";
import { serverNow } from "./server";

const listeners = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = serverNow();
  for (const listener of listeners) listener();
}

function turn(): void {
  clearInterval(timer);
  timer = undefined;
  if (listeners.size === 0 || document.hidden) return;
  tick();
  timer = setInterval(tick, 1000);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    document.addEventListener("visibilitychange", turn);
    queueMicrotask(turn);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      document.removeEventListener("visibilitychange", turn);
      turn();
    }
  };
}

/** The server's now, to the second. */
export const useNow = () => useSyncExternalStore(listen, () => now);
