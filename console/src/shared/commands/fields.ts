/** What the form of each command asks for, as `python -m tools.console` writes it from the domain's own table. */
import type { components } from "@shared/api/schema";
import { instantOf } from "@shared/clock/beijing";
import written from "./fields.json";

type OfSystem = "take_authorisation" | "take_contract" | "take_customer" | "merge_in" | "hand_vendor_case" | "leave_call" | "take_mail";
export type Kind = Exclude<components["schemas"]["CommandKind"], OfSystem>;
export type Offer = components["schemas"]["OfferDocument"];
export type Choice = components["schemas"]["ChoiceDocument"];

export interface Field {
  name: string;
  type: "text" | "word" | "flag" | "instant" | "facts" | "object";
  required: boolean;
  choices?: string[];
  parts?: Field[];
  /** It names one of several records of the ticket. */
  among?: boolean;
  /** People outside of the service company who read it in the timeline. */
  read_by?: ("customer" | "vendor")[];
}

interface Asked {
  /** It counts when it happened, not when it is told. */
  timed: boolean;
  /** The kind of promise that it is there to keep. */
  mainly: string | null;
  /** People outside of the service company who get the files that go with it. */
  shown_to: ("customer" | "vendor")[];
  fields: Field[];
}

export const FORMS = written.commands as Record<Kind, Asked>;

/** Happenings of which the customer is told. */
export const TOLD: ReadonlySet<string> = new Set(written.told);

/** One input of a form; what stands in it is a text, whatever becomes of it in the body. */
export interface Ask extends Field {
  /** Where its value stands in the data: `text`, `facts.cause`, `on_behalf.name`. */
  path: string;
  offered: Choice[];
}

/** By path, what was filled in; nothing and an empty text are the same. */
export type Values = Record<string, string>;

/** What only we can know, of which no list is there. */
const FREE: ReadonlySet<string> = new Set(["into", "customer", "contract"]);
const HIDDEN: ReadonlySet<string> = new Set(["version"]);

/** The inputs of a form, as the ticket stands and as far as it is filled in. */
export function asks(offer: Offer, values: Values): Ask[] {
  const all = FORMS[offer.kind as Kind].fields.flatMap((field) => asksOf(offer, field));
  return offer.kind === "consent" ? ofConsent(all, offer, values) : all.filter((ask) => isAsked(ask, offer));
}

function asksOf(offer: Offer, field: Field): Ask[] {
  const { choices } = offer.needs;
  if (field.type === "facts") {
    const known = Object.keys(choices).filter((name) => name.startsWith("facts."));
    return known.map((path) => ({ name: path.slice("facts.".length), path, type: "word", required: false, offered: choices[path] ?? [] }));
  }
  if (field.type === "object") {
    const isNeeded = field.required || field.name === "on_behalf";
    const partOf = (part: Field): Ask => {
      const path = `${field.name}.${part.name}`;
      const readers = field.read_by ? { read_by: field.read_by } : {};
      return { ...part, ...readers, path, required: part.required && isNeeded, offered: [] };
    };
    return (field.parts ?? []).map(partOf);
  }
  return [{ ...field, path: field.name, offered: choices[field.name] ?? [] }];
}

/** Whose report it is: who is called is found with the customer, and the level with the contract. */
const isOfParty = (ask: Ask, offer: Offer) => offer.kind === "identify" && (ask.path.startsWith("contact.") || ask.path === "level");

function isAsked(ask: Ask, offer: Offer): boolean {
  if (HIDDEN.has(ask.name)) return false;
  if (ask.path.startsWith("on_behalf.")) return offer.recorded;
  const isChoice = ask.type === "word" && ask.choices === undefined && !FREE.has(ask.name);
  return ask.required || !isChoice || isOfParty(ask, offer) || ask.offered.length > 0;
}

/** What may be said of a subject depends on which it is: waiting longer, until when; taking back what was given. */
function ofConsent(all: Ask[], offer: Offer, values: Values): Ask[] {
  const subject = offer.needs.choices["subject"]?.find(({ value }) => value === values["subject"]);
  const kinds = subject?.kinds ?? [];
  return all.flatMap((ask) => {
    if (ask.name === "kind") return kinds.length > 0 ? [{ ...ask, choices: kinds }] : [];
    if (ask.name === "until") return kinds.length > 0 ? [ask] : [];
    if (ask.name === "agreed") return subject?.withdraw ? [ask] : [];
    return isAsked(ask, offer) ? [ask] : [];
  });
}

function valueOf(ask: Ask, text: string): string | boolean {
  if (ask.type === "flag") return text === "true";
  if (ask.type === "instant") return instantOf(text);
  const chosen = ask.offered.find((each) => String(each.value) === text);
  return chosen?.value ?? text.trim();
}

/** The data of a command, and the version that it answers. What is empty is left out, and what is not asked. */
export function dataOf(offer: Offer, values: Values, version?: number): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const ask of asks(offer, values)) {
    const text = values[ask.path] ?? "";
    if (text.trim() === "") continue;
    const [outer = "", inner] = ask.path.split(".");
    if (inner === undefined) data[outer] = valueOf(ask, text);
    else data[outer] = { ...(data[outer] as object | undefined), [inner]: valueOf(ask, text) };
  }
  if (version !== undefined) data["version"] = String(version);
  return data;
}

/** What has to be filled in and is not. */
export function missing(offer: Offer, values: Values): string[] {
  return asks(offer, values)
    .filter((ask) => ask.required && (values[ask.path] ?? "").trim() === "")
    .map(({ path }) => path);
}

/** Of several records the last that fits is meant, unless somebody says otherwise. */
export function presets(offer: Offer): Values {
  const values: Values = {};
  for (const ask of asks(offer, {})) {
    const open = ask.among ? ask.offered.filter(({ possible }) => possible) : [];
    const last = open.at(-1);
    if (last !== undefined) values[ask.path] = String(last.value);
  }
  return values;
}
