/** Words on screens: ours, and the domain's as `python -m tools.console` writes them. */
import i18next from "i18next";
import type { TFunction } from "i18next";
import { explain } from "@shared/api/problems";
import { useSyncExternalStore } from "react";
import { onPreference, preferences, TAG, type Language } from "@shared/preferences";
import type domain from "./domain.zh.json";
import type ours from "./zh.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "ours";
    resources: { ours: typeof ours; domain: typeof domain };
  }
}

const LOADED: Record<Language, () => Promise<{ ours: object; domain: object }>> = {
  zh: async () => ({
    ours: (await import("./zh.json")).default,
    domain: (await import("./domain.zh.json")).default,
  }),
  en: async () => ({
    ours: (await import("./en.json")).default,
    domain: (await import("./domain.en.json")).default,
  }),
};

async function speak(language: Language): Promise<void> {
  for (const [name, words] of Object.entries(await LOADED[language]())) {
    i18next.addResourceBundle(language, name, words);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = TAG[language];
}

export async function begin(): Promise<void> {
  await i18next.init({
    lng: preferences().language,
    resources: {},
    defaultNS: "ours",
    ns: ["ours", "domain"],
    fallbackLng: false,
    nsSeparator: false, // a key may hold what the domain has, such as `breach:restore`
    interpolation: { escapeValue: false }, // React escapes
  });
  await speak(preferences().language);
  explain({ tooLarge: () => i18next.t("tooLarge") });
  onPreference(() => {
    const { language } = preferences();
    // Of a build that has been replaced they do not come: the page says that it has been, and is reloaded in them.
    if (language !== i18next.language) speak(language).catch(() => undefined);
  });
}

type Words = "ours" | "domain";

const spoken = new Map<string, unknown>();

/** One function a language and table: a list has hundreds of words, and each row would make its own. */
function wordsIn<T extends Words>(language: string, table: T): { t: TFunction<T> } {
  const key = `${language} ${table}`;
  if (!spoken.has(key)) spoken.set(key, { t: i18next.getFixedT(language, table) });
  return spoken.get(key) as { t: TFunction<T> };
}

function onLanguage(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}

/** Words of ours, or the domain's, in the language that is spoken. */
export function useWords<T extends Words = "ours">(table: T = "ours" as T): { t: TFunction<T> } {
  return wordsIn(useSyncExternalStore(onLanguage, () => i18next.language), table);
}
