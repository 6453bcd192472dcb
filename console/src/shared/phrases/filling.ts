/** Phrases where they are written: what is asked for after a `/`, and what stands in their gaps. */

/** What is known for gaps such as `{contact}`. */
export type Gaps = Record<string, string | null | undefined>;

const GAP = /\{([a-z]+(?:\.[a-z_]+)?)\}/g;
const ASKED = /(^|[\s\u3001\u3002\uff0c\uff01\uff1a\uff1b\uff1f])[/\uff0f]([^\s/\uff0f]{0,20})$/;

/** The text of a phrase; what nobody knows stays as a gap, for whoever writes to see. */
export const filled = (text: string, gaps: Gaps) => text.replaceAll(GAP, (gap, name: string) => gaps[name] || gap);

/** Whether something of it still stands open. */
export const hasGap = (text: string) => text.search(GAP) >= 0;

/** From where on a phrase is asked for, and by what: a `/` at the head of a word, for one within a word is text. */
export function askedAt(text: string, caret: number): { from: number; search: string } | undefined {
  const found = ASKED.exec(text.slice(0, caret));
  return found ? { from: found.index + (found[1] ?? "").length, search: found[2] ?? "" } : undefined;
}

/** The text with something else in a part of it, and where the caret stands behind that. */
export function put(text: string, from: number, to: number, phrase: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + phrase + text.slice(to), caret: from + phrase.length };
}

interface Titled {
  title: string;
  text: string;
  kinds: readonly string[];
}

/** Those of a command, or where a report is taken of none; whatever is searched for stands in title or text. */
export function suiting<T extends Titled>(phrases: readonly T[], kind: string | undefined, search: string): T[] {
  const wanted = search.toLowerCase();
  const isMeant = ({ title, text }: Titled) => `${title}\n${text}`.toLowerCase().includes(wanted);
  return phrases.filter((each) => (each.kinds.length === 0 || (kind !== undefined && each.kinds.includes(kind))) && isMeant(each));
}
