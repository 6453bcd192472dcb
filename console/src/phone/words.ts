/** Words of the phone: the same tables as the desk's, of which the build takes the groups that are named here. */
import { useSyncExternalStore } from "react";
import { onPreference, preferences, TAG, type Language } from "@shared/preferences";

const LOADED = { zh: () => import("./words.zh"), en: () => import("./words.en") };

type Table = (typeof import("./words.zh"))["words"];
type Path<T> = { [Key in keyof T & string]: T[Key] extends string ? Key : `${Key}.${Path<T[Key]>}` }[keyof T & string];
export type Word = Path<Table>;

let table: object = {};
let spoken: Language | undefined;
const listeners = new Set<() => void>();

async function speak(language: Language): Promise<void> {
  table = (await LOADED[language]()).words;
  spoken = language;
  document.documentElement.lang = TAG[language];
  for (const listener of listeners) listener();
}

export async function begin(): Promise<void> {
  await speak(preferences().language);
  // Where they do not come, of a build that has been replaced say, the page goes on in those that it has.
  onPreference(() => preferences().language !== spoken && speak(preferences().language).catch(() => undefined));
}

function found(path: string): string | undefined {
  let at: unknown = table;
  // The domain has names with dots in none of its keys, but with colons.
  for (const step of path.split(".")) at = (at as Record<string, unknown> | undefined)?.[step];
  return typeof at === "string" ? at : undefined;
}

/** What stands under a word, with its gaps filled. */
export function t(word: Word, gaps: Record<string, string | number> = {}): string {
  return (found(word) ?? word).replaceAll(/\{\{(\w+)\}\}/g, (_, gap: string) => String(gaps[gap] ?? ""));
}

/** A word of the domain, which may know more of them than this page does. */
export const named = (group: keyof Table & string, name: string): string => found(`${group}.${name}`) ?? name;

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Draws anew when another language is spoken. */
export function useLanguage(): Language {
  return useSyncExternalStore(listen, () => spoken ?? preferences().language);
}
