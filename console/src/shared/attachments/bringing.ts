/** Files on their way to a ticket: each under a key of its own, sent again until somebody says what became of it. */
import { carried, proof, renewed, signedOut } from "@shared/api/client";
import { ApiProblem, NoAnswer, problemIn, SAYS_NOTHING } from "@shared/api/problems";
import type { components } from "@shared/api/schema";
import { serverNow } from "@shared/clock/server";
import { newId } from "@shared/commands/queries";
import { sizeSaid, typeOf } from "./kinds";
import { made, type Ready } from "./shrink";

export type Attachment = components["schemas"]["AttachmentDocument"];

export type Fate =
  | { is: "shrinking" }
  | { is: "sending"; percent: number }
  | { is: "waiting"; until: number; says?: string | undefined }
  | { is: "refused"; why: Why }
  | { is: "there"; as: Attachment };

/** Why it is not taken: in our words, or in the API's. */
export type Why = { ours: "kind" | "empty" } | { ours: "tooLarge"; size: string } | { says: string };

export interface Coming {
  /** The key under which it is sent, however often. */
  key: string;
  name: string;
  size: number;
  fate: Fate;
}

const LONGEST_S = 30;

/** How a file is sent; tests send none. */
export type Post = (number: string, key: string, ready: Ready, tell: (percent: number) => void) => Promise<Attachment>;

/** What an answer that is no attachment means: whether it is final, and how long to wait else. */
export function meaningOf(error: unknown, tries: number, size: number): { why: Why } | { afterS: number; says?: string } {
  const pause = Math.min(2 ** tries, LONGEST_S);
  if (!(error instanceof ApiProblem)) return { afterS: pause };
  const { status, told, retryAfter } = error;
  if (status === 413) return { why: { ours: "tooLarge", size: sizeSaid(size) } };
  const isFinal = status < 500 && (status === 403 || !SAYS_NOTHING.has(status));
  if (isFinal) return { why: { says: told.errors?.[0]?.message ?? error.message } };
  return { afterS: Math.max(pause, retryAfter ?? 0), says: error.message };
}

/** The files that somebody brings to one ticket from one place on the page. */
export function bringing(number: string, post: Post = posted) {
  let whenThere: ((attachment: Attachment) => void) | undefined;
  let all: Coming[] = [];
  const listeners = new Set<() => void>();
  const waking = new Map<string, () => void>();

  const become = (next: Coming[]) => {
    all = next;
    for (const listener of listeners) listener();
  };
  const set = (key: string, fate: Fate) => become(all.map((each) => (each.key === key ? { ...each, fate } : each)));
  const isWanted = (key: string) => all.some((each) => each.key === key);

  const wait = (key: string, seconds: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, seconds * 1000);
      waking.set(key, () => (clearTimeout(timer), done()));
    });

  async function bring(key: string, file: File, type: string): Promise<void> {
    const ready = await made(file, type);
    for (let tries = 0; isWanted(key); tries += 1) {
      set(key, { is: "sending", percent: 0 });
      try {
        const as = await post(number, key, ready, (percent) => set(key, { is: "sending", percent }));
        set(key, { is: "there", as });
        return whenThere?.(as);
      } catch (error) {
        const told = meaningOf(error, tries, ready.blob.size);
        if ("why" in told) return set(key, { is: "refused", why: told.why });
        set(key, { is: "waiting", until: serverNow() + told.afterS * 1000, says: told.says });
        await wait(key, told.afterS);
      }
    }
  }

  return {
    now: () => all,
    /** Who is told of each that is there. */
    heed: (listener: (attachment: Attachment) => void) => {
      whenThere = listener;
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (files: Iterable<File>) => {
      for (const file of files) {
        const key = newId();
        const type = typeOf(file);
        const why: Why | undefined = file.size === 0 ? { ours: "empty" } : type === undefined ? { ours: "kind" } : undefined;
        become([...all, { key, name: file.name, size: file.size, fate: why ? { is: "refused", why } : { is: "shrinking" } }]);
        if (!why && type !== undefined) void bring(key, file, type);
      }
    },
    again: (key: string) => waking.get(key)?.(),
    /** Of one that is there the ticket keeps its own. */
    forget: (key: string) => {
      become(all.filter((each) => each.key !== key));
      waking.get(key)?.();
    },
  };
}

/** Once more where the session has another proof by now. */
export const posted: Post = (...given) =>
  sent(...given).catch(async (error: unknown) => {
    if (error instanceof ApiProblem && error.status === 403 && (await renewed())) return sent(...given);
    throw error;
  });

/** Without a byte that leaves, or the answer behind the last one, the line is dead, and nobody says so. */
const STALLED_MS = 60_000;
/** Of what the browser has handed on, so much leaves a phone in a cellar in a millisecond. */
const SLOWEST_BYTES = 2;

/** By the older way: `fetch` says nothing of how far it is. */
const sent: Post = (number, key, { blob, name, type }, tell) =>
  new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/tickets/${number}/attachments`);
    const by = proof();
    const headers = { ...carried(), "Content-Type": type, "X-File-Name": encodeURIComponent(name), "Idempotency-Key": key };
    for (const [header, value] of Object.entries(headers)) request.setRequestHeader(header, value);
    let stalled: ReturnType<typeof setTimeout> | undefined;
    const goesOn = (further = 0) => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED_MS + further);
    };
    request.upload.addEventListener("load", () => goesOn(blob.size / SLOWEST_BYTES));
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      goesOn();
      tell(Math.floor((100 * loaded) / total));
    });
    request.addEventListener("loadend", () => clearTimeout(stalled));
    request.addEventListener("error", () => fail(new NoAnswer("network")));
    request.addEventListener("abort", () => fail(new NoAnswer("aborted")));
    request.addEventListener("load", () => {
      const { status } = request;
      const told = parsed(request.responseText);
      if (status === 200 || status === 201) return done(told as unknown as Attachment);
      const problem = problemIn(status, { get: (header) => request.getResponseHeader(header) }, told);
      if (problem instanceof ApiProblem && status === 401 && by === proof()) signedOut();
      return fail(problem);
    });
    request.send(blob);
    goesOn();
  });

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
