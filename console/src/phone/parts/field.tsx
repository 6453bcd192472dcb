/** One input of a form, large enough for a thumb. */
import { useId, useState } from "react";
import type { Ask, Choice, Kind } from "@shared/commands/fields";
import { usePreferences, type Language } from "@shared/preferences";
import { named, t } from "../words";

interface Given {
  ask: Ask;
  kind: Kind;
  value: string;
  onChange: (value: string) => void;
  wrong: string | undefined;
  readers: string | undefined;
  /** It has the focus as long as nothing stands in it when it appears: words are all that is asked for first. */
  isFirst: boolean;
}

const LONGEST = 4000;
type Group = Parameters<typeof named>[0];
const GROUPS: Record<string, Group> = { step: "step", unit: "unit", reason: "pause" };

/** Who is on duty is there to take over. */
const saidOf = ({ label, on_duty: isOnDuty }: Choice, language: Language) => (isOnDuty ? `${label[language]} · ${t("choice.onDuty")}` : label[language]);

const into = (field: HTMLElement | null) => field?.focus();

export function Field({ ask, kind, value, onChange, wrong, readers, isFirst }: Given) {
  const id = useId();
  const [isBegun] = useState(isFirst && ask.required && value === "");
  const { language } = usePreferences();
  const usual = named("field", ask.path.replace(".", "_"));
  const own = named("says", kind);
  const isFact = ask.path.startsWith("facts.");
  const label = isFact ? named("fact", ask.name) : ask.path === "text" && own !== kind ? own : usual;
  const group = GROUPS[ask.name];
  const choices: [value: string, says: string][] =
    ask.offered.length > 0
      ? ask.offered.filter(({ possible, current }) => possible && !current).map((each) => [String(each.value), saidOf(each, language)])
      : ask.type === "flag"
        ? [["true", t("choice.yes")], ["false", t("choice.no")]]
        : (ask.choices ?? []).map((each) => [each, group ? named(group, each) : each]);
  const tied = { id, "aria-describedby": `${id}-more`, "aria-invalid": wrong ? (true as const) : undefined };
  const more = (
    <span id={`${id}-more`} className={wrong ? "wrong" : "soft"}>
      {wrong ?? readers}
    </span>
  );
  const called = (
    <span>
      {label}
      {!ask.required && <small> {t("phone.optional")}</small>}
    </span>
  );
  if (choices.length > 0) {
    return (
      <label htmlFor={id}>
        {called}
        <select {...tied} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{ask.required ? t("choice.choose") : t(isFact ? "choice.unchanged" : "choice.none")}</option>
          {choices.map(([each, says]) => (
            <option key={each} value={each}>
              {says}
            </option>
          ))}
        </select>
        {more}
      </label>
    );
  }
  return (
    <label htmlFor={id}>
      {called}
      {ask.type === "instant" ? (
        <input {...tied} type="datetime-local" value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea {...tied} ref={isBegun ? into : null} dir="auto" rows={ask.required ? 4 : 2} maxLength={LONGEST} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
      {more}
    </label>
  );
}
