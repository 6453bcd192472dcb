/** A phrase as its form has it. */
import type { FORMS, Kind } from "@shared/commands/fields";
import type { Phrase } from "@shared/phrases/queries";
import type { Values } from "@shared/ui/form/ask";

export const formOf = ({ title, text, shared, kinds }: Phrase): Values => ({ title, text, shared: shared ? "true" : "", kinds: kinds.join(" ") });

const words = (text: string | undefined) => (text ?? "").split(" ").filter(Boolean);

export const givenBy = ({ title = "", text = "", shared, kinds }: Values) => ({
  title: title.trim(),
  text: text.trim(),
  shared: shared === "true",
  kinds: words(kinds),
});

/** The commands in whose forms somebody writes a text; and those that are chosen already. */
export function writtenIn(forms: typeof FORMS, commands: readonly string[], chosen: string | undefined): string[] {
  const isWritten = (kind: string) => forms[kind as Kind]?.fields.some(({ type }) => type === "text") ?? false;
  return [...new Set([...commands.filter(isWritten), ...words(chosen)])];
}
