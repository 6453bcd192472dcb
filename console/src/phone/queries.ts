/** The phone's only door to the API. */
import { api, carrier, read, type Session } from "@shared/api/client";
import { ApiProblem, SAYS_NOTHING } from "@shared/api/problems";
import type { components } from "@shared/api/schema";
import { posted } from "@shared/attachments/bringing";
import { deliver, type Fate } from "@shared/commands/delivering";
import type { Kind } from "@shared/commands/fields";
import { decisionOn, send, type Body, type Decision, type Offers } from "@shared/commands/queries";
import { preferences } from "@shared/preferences";
import { lastOf, OF_A_VISIT } from "./next";
import type { Act, Outcome } from "./outbox/acts";
import { files } from "./outbox/store";
import { named, t, type Word } from "./words";

export type Ticket = components["schemas"]["TicketDocument"];
export type Obligation = Omit<components["schemas"]["ObligationDocument"], "segments">;
export type Entry = Pick<components["schemas"]["EntryDocument"], "happening" | "at" | "actor">;
/** A ticket as it was read, and when, by the server's clock. */
export interface Seen {
  ticket: Ticket;
  promises: Obligation[];
  offers: Offers;
  /** What happened last of any visit. */
  visit?: Entry | undefined;
  at: number;
}

type Stage = components["schemas"]["Stage"];
const STAGES: Stage[] = ["triage", "phone", "remote", "onsite", "expert", "vendor", "emergency", "resolved"];
const MOST = 100;
/** What happened last is among those that were told last. */
const A_FEW = 10;

export const whoAmI = () => read(api.GET("/api/session"));
export const enter = (user: string, password: string): Promise<Session> =>
  read(api.POST("/api/session", { body: { user, password, keep: true } }));
export const leave = () => api.DELETE("/api/session");

export type Pack = components["schemas"]["PackLine"];
export const packs = async (): Promise<Pack[]> => (await read(api.GET("/api/packs"))).items;

/** One's own tickets, which is due first in front. */
export const mine = async () =>
  (await read(api.GET("/api/tickets", { params: { query: { mine: true, stage: STAGES, sort: "next_due_at", limit: MOST } } }))).items;

export type Message = components["schemas"]["MessageDocument"];
export type Called = Message & { ticket: string };

/** By which the reader is called, and nobody has answered yet: of each ticket the newest. */
export async function calls(): Promise<Called[]> {
  const { items } = await read(api.GET("/api/inbox", { params: { query: { limit: MOST } } }));
  const waiting = items.filter((each): each is Called => each.ticket !== null && each.call?.waits === true);
  return waiting.filter(({ ticket }, place) => waiting.findIndex((each) => each.ticket === ticket) === place);
}

export async function whole(number: string, now: () => number): Promise<Seen> {
  const path = { number };
  const params = { params: { path } };
  const [ticket, { items: promises }, offers, { items: told }] = await Promise.all([
    read(api.GET("/api/tickets/{number}", params)),
    read(api.GET("/api/tickets/{number}/obligations", params)),
    read(api.GET("/api/tickets/{number}/commands", params)),
    read(api.GET("/api/tickets/{number}/timeline", { params: { path, query: { happening: [...OF_A_VISIT], order: "-seq", limit: A_FEW } } })),
  ]);
  return { ticket, promises, offers, visit: lastOf(told), at: now() };
}

/** Sends an act, or asks about it, and says what became of it; never in the session of somebody else. */
export async function sendAct(act: Act): Promise<Outcome> {
  if (carrier() !== act.user) return { is: "signed-out" };
  const outcome = await sent(act);
  const isRefused = outcome.is === "refused" && outcome.status === FORBIDDEN;
  return isRefused && !(await isStill(act.user)) ? { is: "signed-out" } : outcome;
}

const FORBIDDEN = 403;

/** Whether the browser's session is still theirs: in another tab somebody else may have signed in. */
const isStill = (user: string) =>
  whoAmI().then(
    ({ id }) => id === user,
    () => false,
  );

async function sent(act: Act): Promise<Outcome> {
  try {
    if (act.kind === "open") return await report(act);
    if (act.state === "pending") return outcomeOf(await decisionOn(act.number, act.id));
    const attachments = await brought(act);
    if (attachments === undefined) return { is: "refused", says: t("phone.fileLost") };
    if (carrier() !== act.user) return { is: "signed-out" };
    const data = attachments.length > 0 ? { ...act.data, attachments } : act.data;
    const body: Body = { command_id: act.id, kind: act.kind as Kind, occurred_at: act.at, data };
    const told = await deliver(body, act.sent, {
      send: (again) => send(act.number, again),
      decisionOn: (id) => decisionOn(act.number, id),
    });
    return "decision" in told ? outcomeOf(told) : meaningOf(told.fate);
  } catch (error) {
    return outcomeOfError(error, act.state === "pending" || (act.kind === "open" && act.sent));
  }
}

async function report(act: Act): Promise<Outcome> {
  const header = { "Idempotency-Key": act.id };
  const opened = await read(api.POST("/api/tickets", { params: { header }, body: act.data as never }));
  return { is: "done", as: opened.number };
}

/** The files of an act are there before it is: each under its own key, once; nothing: the phone has lost one. */
async function brought(act: Act): Promise<string[] | undefined> {
  const ids: string[] = [];
  for (const id of act.files) {
    const file = await files.get(id);
    if (file === undefined) return undefined;
    if (file.upload === undefined) {
      const { id: upload } = await posted(act.number, id, { blob: file.blob, name: file.name, type: file.type }, () => undefined);
      await files.put({ ...file, upload });
      ids.push(upload);
    } else ids.push(file.upload);
  }
  return ids;
}

function outcomeOf(decision: Decision): Outcome {
  if (decision.decision === "pending") return { is: "pending" };
  if (decision.decision === "accepted") return { is: "done", as: decision.at ?? undefined };
  return { is: "refused", says: decision.detail?.[preferences().language] ?? "", reason: decision.reason ?? undefined };
}

function meaningOf(fate: Fate): Outcome {
  if (fate.is === "refused") return { is: "refused", says: fate.says, reason: fate.reason };
  return fate.is === "wrong" ? outcomeOfError(fate.problem, false) : { is: "unknown" };
}

/** Of a report, what the API's fields are called where they are filled in. */
const OF_A_REPORT = {
  received_at: "phone.called.at", "contact.phone": "phone.called.phone", "contact.name": "phone.called.contact", customer: "phone.called.customer",
  contract: "phone.called.contract", title: "phone.called.title", description: "phone.called.description", site: "phone.called.site",
} as const satisfies Record<string, Word>;

/** Which field it is of that something is said, where the form has a word for it. */
function calledSo(field: string): string {
  const path = field.replace(/^data\./, "");
  const name = path.replace(".", "_");
  const word = field === path && path in OF_A_REPORT ? t(OF_A_REPORT[path as keyof typeof OF_A_REPORT]) : named("field", name);
  return word === name ? "" : t("phone.of", { field: word });
}

/** `isRepeated`: it was sent before and may be on record, so that what is said of the sender tells nothing of it. */
export function outcomeOfError(error: unknown, isRepeated: boolean): Outcome {
  if (!(error instanceof ApiProblem) || error.status >= 500) {
    return { is: "unknown", afterS: error instanceof ApiProblem ? error.retryAfter : undefined };
  }
  const { status, retryAfter, told } = error;
  if (status === 401) return { is: "signed-out" };
  if (status === 408 || status === 429) return { is: "unknown", afterS: retryAfter };
  if (isRepeated && (SAYS_NOTHING.has(status) || status === 404)) return { is: "unknown" };
  const at = told.errors?.map(({ field, message }) => `${calledSo(field)}${message}`).join(" ");
  return { is: "refused", says: at || error.message, reason: told.reason ?? undefined, status };
}
