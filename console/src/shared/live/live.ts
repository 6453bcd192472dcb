/** What happens to tickets, as a page hears it; and the reading anew that follows. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { forget } from "@shared/clock/server";
import { follow, type Happened } from "./stream";
import { presenceKey } from "./presence";
import type { Said } from "./worker";

const GATHERED_MS = 1000;

export type Line = "live" | "lost" | "closed";

/** The tickets that changed; undefined: some did, and nobody knows which. */
export type Changed = readonly string[] | undefined;

const hearing = new Set<(changed: Changed) => void>();

/** Hears which tickets changed, while the component stands; what happens within a second is told at once. */
export function useHeard(listener: (changed: Changed) => void): void {
  useEffect(() => {
    hearing.add(listener);
    return () => void hearing.delete(listener);
  }, [listener]);
}

/** Listens; answers how to hang up. Where a browser has no shared workers each tab has a stream of its own. */
function listen(person: string, tell: (happened: Happened) => void): () => void {
  if (typeof SharedWorker === "undefined") {
    const stop = new AbortController();
    void follow(tell, stop.signal);
    return () => stop.abort();
  }
  // A stream belongs to the person who began it: another one gets another worker.
  const { port } = new SharedWorker(new URL("./worker.ts", import.meta.url), { type: "module", name: person });
  const say = (said: Said) => port.postMessage(said);
  const leave = () => say("bye");
  const back = (event: PageTransitionEvent) => event.persisted && say("hello");
  port.onmessage = (message: MessageEvent<Happened>) => tell(message.data);
  addEventListener("pagehide", leave);
  addEventListener("pageshow", back);
  say("hello");
  return () => {
    removeEventListener("pagehide", leave);
    removeEventListener("pageshow", back);
    leave();
    port.close();
  };
}

/** Keeps what is on the screen true; `proof` is another one for each session, `whenSignedOut` hears of its end. */
export function useLive(person: string, proof: string, whenSignedOut: () => void): Line {
  const queries = useQueryClient();
  const [line, setLine] = useState<Line>("lost");
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let [gathered, isMissed] = [new Set<string>(), false];
    const readAnew = () => {
      const changed = isMissed ? undefined : [...gathered];
      [gathering, gathered, isMissed] = [undefined, new Set(), false];
      for (const hears of hearing) hears(changed);
      for (const of of ["tickets", "counts"]) void queries.invalidateQueries({ queryKey: [of] });
    };
    const hangUp = listen(person, (happened) => {
      if (happened.is === "changed" || happened.is === "missed") {
        if (happened.is === "missed") isMissed = true;
        else for (const number of Object.keys(happened.tickets)) gathered.add(number);
        gathering ??= setTimeout(readAnew, GATHERED_MS);
      } else if (happened.is === "presence") {
        for (const [number, there] of Object.entries(happened.on)) queries.setQueryData(presenceKey(number), there);
      } else if (happened.is === "inbox" || happened.is === "calls") void queries.invalidateQueries({ queryKey: [happened.is] });
      else if (happened.is === "signed-out") whenSignedOut();
      else setLine(happened.is);
    });
    return () => {
      hangUp();
      clearTimeout(gathering);
      forget();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a new session listens anew
  }, [person, proof, queries, whenSignedOut]);
  return line;
}
