/** The one way to the API: typed by its own description, in the chosen language, with the session's proof. */
import createClient, { type Middleware } from "openapi-fetch";
import { heard } from "@shared/clock/server";
import { preferences, TAG } from "@shared/preferences";
import { ApiProblem, NoAnswer, problemOf } from "./problems";
import type { components, paths } from "./schema";

export type Session = components["schemas"]["Signed"];

let csrf: string | undefined;
let whose: string | undefined;
let patienceMs: number | undefined;
const whenSignedOut = new Set<() => void>();

/** What changes have to carry, and whose it is; it lives in the memory of the page alone. */
export function carry(session: Pick<Session, "id" | "csrf"> | null): void {
  csrf = session?.csrf ?? undefined;
  whose = session?.id;
}

/** Whose session what is sent goes by, and by what that is known. */
export const carrier = () => whose;
export const proof = () => csrf;

/** What a server works at for long: a ticket replayed, a whole list written down. So many times as long it is waited for. */
const LONG = /\/(verdict|evidence|what-if|export|import)$/;
const LONGER = 10;

/** Answers without a body: browsers give some of them one, which is empty, and let none be made with one. */
const BARE = new Set([204, 205, 304]);

/** As long as somebody at a page waits: longer than a server takes that is asked by many. */
export const PATIENCE_MS = 60_000;

/** From now on what is not answered whole by then counts as not answered: on a dead line nobody says that it is one. */
export function waitAtMost(ms: number): void {
  patienceMs = ms;
}

/**
 * Where somebody waits no longer than so long, what has not come whole is no answer. The clock is heard from its head:
 * by when the rest is there says nothing of when it was told.
 */
async function whole(request: Request): Promise<Response> {
  const sent = Date.now();
  const answer = await fetch(request, within(request));
  heard(answer.headers.get("date"), sent, Date.now());
  return patienceMs === undefined || BARE.has(answer.status) ? answer : new Response(await answer.blob(), answer);
}

/** Until nobody waits any more, or whoever asked has given it up. */
function within({ url, signal }: Request): RequestInit {
  if (patienceMs === undefined) return {};
  const limit = AbortSignal.timeout(patienceMs * (LONG.test(new URL(url).pathname) ? LONGER : 1));
  // Phones that are some years old cannot wait for either of two.
  return { signal: "any" in AbortSignal ? AbortSignal.any([signal, limit]) : limit };
}

export function onSignedOut(listener: () => void): () => void {
  whenSignedOut.add(listener);
  return () => whenSignedOut.delete(listener);
}

/** What a request has to carry that goes another way than `fetch`, which tells nothing of how far an upload is. */
export const carried = (): Record<string, string> => ({
  "Accept-Language": TAG[preferences().language],
  ...(csrf !== undefined && { "X-CSRF-Token": csrf }),
});

/** Says that the session is over. */
export function signedOut(): void {
  for (const listener of whenSignedOut) listener();
}

async function send(request: Request): Promise<Response> {
  const spare = request.method === "GET" ? undefined : request.clone();
  try {
    const answer = await whole(request);
    if (answer.status !== 403 || spare === undefined || !(await renewed())) return answer;
    spare.headers.set("X-CSRF-Token", csrf ?? "");
    return await whole(spare);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new NoAnswer(String(error), { cause: error });
  }
}

/**
 * Whether the session has another proof than this page carries: the same person has signed in anew, as in another tab.
 * It is asked for once; where somebody else is in by now, this page's session is over.
 */
export async function renewed(): Promise<boolean> {
  const [before, who] = [csrf, whose];
  const { data } = await api.GET("/api/session").catch(() => ({ data: undefined }));
  // Asked for somebody who is there no more: what they sent is not sent again.
  if (data === undefined || who === undefined || whose !== who) return false;
  if (csrf !== before) return true; // another request has asked meanwhile
  if (data.id === who) carry(data);
  else signedOut();
  return csrf !== before;
}

/** By which session's proof what is under way was sent; nothing: by none. */
const sentBy = new WeakMap<Request, string | undefined>();

const ours: Middleware = {
  onRequest({ request }) {
    sentBy.set(request, csrf);
    for (const [name, value] of Object.entries(carried())) {
      if (name !== "X-CSRF-Token" || request.method !== "GET") request.headers.set(name, value);
    }
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return response;
    const isSignIn = request.method === "POST" && new URL(request.url).pathname === "/api/session";
    const problem = await problemOf(response);
    // Of a captive portal's 401 nobody's session is over; of a late one that of whoever was there before.
    if (problem instanceof ApiProblem && problem.status === 401 && !isSignIn && sentBy.get(request) === csrf) signedOut();
    throw problem;
  },
};

export const api = createClient<paths>({ baseUrl: globalThis.location?.origin ?? "", fetch: send });
api.use(ours);

/** What an answer carries; every other answer has been thrown as a problem by then. */
export async function read<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) throw new NoAnswer("empty");
  return data;
}
