/** What somebody chose in this browser: kept by it, and by nothing else. */
import { useSyncExternalStore } from "react";

export type Language = "zh" | "en";
/** What HTML and the API call a language. */
export const TAG: Record<Language, string> = { zh: "zh-CN", en: "en" };
export type Theme = "system" | "light" | "dark";
export type Density = "roomy" | "compact";
export interface Preferences {
  language: Language;
  theme: Theme;
  density: Density;
  singleKeys: boolean;
  /** Whether alarms are heard; and until when, by the server's clock, they are not. */
  sound: boolean;
  mutedUntil: number;
}

const KEY = "zhishou.preferences";
const FIRST: Preferences = { language: "zh", theme: "system", density: "roomy", singleKeys: true, sound: true, mutedUntil: 0 };

const listeners = new Set<() => void>();
let current = read();

function read(): Preferences {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
  } catch {
    return FIRST; // a browser may keep nothing, and anybody may have written anything there
  }
}

export const preferences = () => current;

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // chosen for this page alone
  }
  for (const listener of listeners) listener();
}

export function onPreference(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePreferences = () => useSyncExternalStore(onPreference, preferences);

// Another tab of the same browser has the same wishes.
globalThis.addEventListener?.("storage", (event) => {
  if (event.key !== KEY) return;
  current = read();
  for (const listener of listeners) listener();
});
