/** What a contract sets otherwise than its pack, as a form has it and as the API takes it. */
import type { Values } from "@shared/ui/form/ask";

/** As the API has values of them: yes or no, a number or none, a list. */
export type Value = boolean | number | null | (string | number)[];
export type Switches = Record<string, Value>;

export const SWITCHES = [
  "pause_reasons",
  "without_onsite",
  "reported_times",
  "major_needs_approval",
  "approval_pauses",
  "approval_reminders_min",
  "remote_silence_min",
  "vendor_reminders_min",
  "call_ladder",
  "call_every_min",
  "heartbeat_min",
  "vendor_leg",
  "expert_at_half",
  "emergency_on_breach",
  "plan_one_after_min",
  "consultation_levels",
  "follow_up",
  "log_asks",
  "departments",
  "expert_levels",
  "major_levels",
  "paid_causes",
  "customer_severity",
  "vendor_needs_authorisation",
] as const;
export type Switch = (typeof SWITCHES)[number];

/** The field of a switch. */
export const fieldOf = (name: string) => `switches.${name}`;
const NUMBER = /^\d+$/;
/** What is written for a list that is empty, or a number that is none. */
export const NONE = "-";

export function textOf(value: Value | undefined): string {
  if (value === undefined) return "";
  if (value === null) return NONE;
  if (Array.isArray(value)) return value.length === 0 ? NONE : value.join("; ");
  return String(value);
}

/** As it was meant: by what the pack has under that name. */
export function valueOf(text: string, pack: Value | undefined): Value {
  const said = text.trim();
  if (Array.isArray(pack)) {
    if (said === NONE) return [];
    return said.split(/[^\w.-]+/).filter(Boolean).map((each) => (NUMBER.test(each) ? Number(each) : each));
  }
  if (typeof pack === "boolean") return said === "true";
  if (said === NONE) return null;
  // What is no number the API says of, at its field.
  return NUMBER.test(said) ? Number(said) : ([said] as Value);
}

/** All that the contract sets: what is left empty is as the pack says. */
export function switchesOf(values: Values, pack: Switches): Switches {
  const said = SWITCHES.filter((name) => (values[fieldOf(name)] ?? "").trim() !== "");
  return Object.fromEntries(said.map((name) => [name, valueOf(values[fieldOf(name)] ?? "", pack[name])]));
}
