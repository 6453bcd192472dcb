/** The one way to the API: typed by its own description, in the chosen language, with the session's proof. */
import createClient, { type Middleware } from "openapi-fetch";
import { heard } from "@shared/clock/server";
import { preferences } from "@shared/preferences";
import { TAG } from "@shared/words";
import { NoAnswer, problemOf } from "./problems";
import type { components, paths } from "./schema";

export type Session = components["schemas"]["Signed"];

let csrf: string | undefined;
const whenSignedOut = new Set<() => void>();

/** What changes have to carry; it lives in the memory of the page alone. */
export function carry(token: string | null | undefined): void {
  csrf = token ?? undefined;
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
  const sent = Date.now();
  try {
    const answer = await fetch(request);
    heard(answer.headers.get("date"), sent, Date.now());
    return answer;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new NoAnswer(String(error), { cause: error });
  }
}

const ours: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(carried())) {
      if (name !== "X-CSRF-Token" || request.method !== "GET") request.headers.set(name, value);
    }
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return response;
    const isSignIn = request.method === "POST" && new URL(request.url).pathname === "/api/session";
    if (response.status === 401 && !isSignIn) signedOut();
    throw await problemOf(response);
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
