/** What people outside are asked, and what answers it. */
import type { Kept } from "@shared/commands/draft";
import { FORMS, type Kind, type Offer, type Values } from "@shared/commands/fields";
import { ORDER } from "@shared/commands/table";
import type { Entry } from "@shared/timeline/entries";

export interface Question {
  /** The entry that asks. */
  asks: Entry["happening"];
  /** What of several records it names. */
  of?: "part" | "change" | "case";
  /** What has become of those it is about, or has not; without it, of all. */
  once?: { made: boolean };
  by: readonly Kind[];
}

/** In the order in which they stand; the case of a vendor is asked of nobody else. */
export const QUESTIONS = {
  approval: { asks: "major_applied", by: ["approve", "refuse"] },
  remote_grant: { asks: "remote_requested", by: ["grant_remote", "refuse_remote"] },
  part_agreement: { asks: "part_requested", of: "part", by: ["agree_part", "refuse_part"] },
  change_agreement: { asks: "change_proposed", of: "change", once: { made: false }, by: ["agree_change", "refuse_change"] },
  change_acceptance: { asks: "change_made", of: "change", once: { made: true }, by: ["accept_change", "refuse_change"] },
  confirmation: { asks: "resolved", by: ["confirm", "reject"] },
  vendor_case: { asks: "vendor_case_opened", of: "case", by: ["close_vendor_case"] },
} as const satisfies Record<string, Question>;

export type Word = keyof typeof QUESTIONS;
const WORDS = Object.keys(QUESTIONS) as Word[];

/** What waits for whoever may say this: all that is asked and that one of their commands answers. */
export const waitingFor = (asked: readonly string[], may: (kind: Kind) => boolean): Word[] =>
  WORDS.filter((word) => asked.includes(word) && QUESTIONS[word].by.some(may));

/** What they may do beside their answers; a link that they take along stands with what is asked. */
export function beside(offers: readonly Offer[], words: readonly Word[]): Offer[] {
  const answers = new Set<string>(words.flatMap((word) => QUESTIONS[word].by));
  return offers
    .filter(({ kind, possible }) => possible && kind !== "hand_link" && !answers.has(kind))
    .toSorted((one, other) => ORDER.indexOf(one.kind as Kind) - ORDER.indexOf(other.kind as Kind));
}

/** What is granted is at first what was asked for. */
export const firstOf = ({ kind, needs }: Offer): Values | undefined =>
  kind === "grant_remote" && needs.remote?.wanted ? { scope: needs.remote.wanted } : undefined;

/** What answers it, of those records alone that it is about. */
export function answersTo(word: Word, offers: readonly Offer[]): Offer[] {
  const { by, of, once }: Question = QUESTIONS[word];
  const answers = by.flatMap((kind) => offers.filter((each) => each.kind === kind && each.possible));
  if (of === undefined || once === undefined) return answers;
  return answers.flatMap((offer) => {
    const { choices } = offer.needs;
    const about = (choices[of] ?? []).filter(({ states }) => (states ?? []).includes("made") === once.made);
    return about.some(({ possible }) => possible) ? [{ ...offer, needs: { ...offer.needs, choices: { ...choices, [of]: about } } }] : [];
  });
}

/** What somebody wrote and has not sent; nothing of what is on its way. */
export function writtenOf(kind: Kind, kept: Kept | undefined): string | undefined {
  if (kept === undefined || kept.sent) return undefined;
  const texts = FORMS[kind].fields.flatMap(({ name, type }) => (type === "text" ? [kept.values[name]?.trim() ?? ""] : []));
  return texts.filter(Boolean).join("\n") || undefined;
}

/** The entries that ask what can still be answered, the newest first; of what is asked once at a time, the last. */
export function stillAsked(word: Word, entries: readonly Entry[], answers: readonly Offer[]): Entry[] {
  const { of }: Question = QUESTIONS[word];
  if (of === undefined) return entries.slice(0, 1);
  const open = new Set(answers.flatMap(({ needs }) => needs.choices[of] ?? []).flatMap(({ value, possible }) => (possible ? [value] : [])));
  return entries.filter(({ data }) => open.has(data[of] as string));
}
