/** What can be chosen in an input, with what each is called and what is worth knowing of it. */
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { usePreferences } from "@shared/preferences";
import type { Ask, Choice } from "./fields";

export interface Option {
  value: string;
  label: string;
  /** Worth knowing before one chooses: how busy somebody is, what has become of a part, why it cannot be chosen. */
  more?: string;
  disabled?: boolean;
  /** The ticket has it now. */
  isNow?: boolean;
}

/** Where the domain's words for a field's choices stand. */
const WORDS: Record<string, string> = {
  reason: "pause",
  step: "step",
  size: "size",
  unit: "unit",
  plan: "plan",
  channel: "channel",
  satisfaction: "satisfaction",
  kind: "kind",
  stage: "stage",
};

export function useOptions() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();

  const known = (choice: Choice): string => {
    const { current, on_duty, load, role, grade, days, text, states, possible, detail } = choice;
    const told = [
      current && t("choice.current"),
      role && domain(`role.${role as "engineer"}`),
      grade && domain(`grade.${grade as "senior"}`),
      on_duty && t("choice.onDuty"),
      load !== undefined && t("choice.load", { count: load }),
      days && t("choice.days", { days }),
      text,
      ...(states ?? []).map((state) => t(`choice.state.${state as "agreed"}`, { defaultValue: state })),
      !possible && plainly(detail?.[language] ?? ""),
    ];
    return told.filter(Boolean).join(" · ");
  };

  const offered = (choice: Choice): Option => ({
    value: String(choice.value),
    label: choice.label[language],
    more: known(choice),
    disabled: !choice.possible,
    isNow: choice.current ?? false,
  });

  return (ask: Ask): Option[] => {
    if (ask.offered.length > 0) return ask.offered.map(offered);
    if (ask.type === "flag") {
      const says = ask.name === "agreed" ? (["agree", "withdraw"] as const) : (["yes", "no"] as const);
      return says.map((word, place) => ({ value: String(place === 0), label: t(`choice.${word}`) }));
    }
    const group = WORDS[ask.name];
    return (ask.choices ?? []).map((value) => ({
      value,
      label: group ? domain(`${group}.${value}` as "stage.phone", { defaultValue: value }) : value,
    }));
  };
}
