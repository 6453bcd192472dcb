/** How grave it is, and what is known of it that promises depend on. */
import { useMemo, type KeyboardEvent } from "react";
import { usePreferences } from "@shared/preferences";
import { FACTS, factsOfPack } from "@shared/promises/facts";
import type { Pack } from "@shared/promises/queries";
import { useWords } from "@shared/words";
import type { Report } from "./draft";
import { Choice } from "./field";

interface Given {
  pack: Pack | undefined;
  report: Report;
  change: (changes: Partial<Report>) => void;
  wrongAt: (name: string) => string | undefined;
}

export function LevelField({ pack, report, change, wrongAt }: Given) {
  const { t } = useWords();
  const { language } = usePreferences();
  const levels = [{ id: "", zh: t("opening.undecided"), en: t("opening.undecided") }, ...(pack?.levels ?? [])];
  // Digits choose where the level has the focus.
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = /^\d$/.test(event.key) ? levels[Number(event.key)] : undefined;
    if (!chosen) return;
    event.preventDefault();
    change({ level: chosen.id });
    document.querySelector<HTMLElement>(`#new-level-${event.key}`)?.focus();
  };
  return (
    <fieldset className="levels" disabled={!pack}>
      <legend>{t("opening.level")}</legend>
      <div className="row">
        {levels.map((level, place) => (
          <label key={level.id} className="level">
            <input
              id={`new-level-${place}`}
              type="radio"
              name="level"
              checked={report.level === level.id}
              onChange={() => change({ level: level.id })}
              onKeyDown={onKeyDown}
            />
            <span>
              <kbd aria-hidden="true">{place}</kbd> {level[language]}
            </span>
          </label>
        ))}
      </div>
      {wrongAt("level") && <span className="wrong">{wrongAt("level")}</span>}
    </fieldset>
  );
}

/** First those that this contract's promises depend on. */
export function FactFields({ pack, report, change, wrongAt }: Given) {
  const { t } = useWords();
  const [asked, others] = useMemo(() => factsOfPack(pack), [pack]);
  if (!pack) return null;
  const row = (names: string[]) => (
    <div className="facts">
      {names.map((name) => (
        <Fact key={name} name={name} {...{ report, change, wrongAt }} />
      ))}
    </div>
  );
  return (
    <>
      {row(asked)}
      <details open={others.some((name) => name in report.facts)}>
        <summary>{t("opening.moreFacts")}</summary>
        {row(others)}
      </details>
    </>
  );
}

function Fact({ name, report, change, wrongAt }: Omit<Given, "pack"> & { name: string }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const says = (value: string) =>
    value === "true" || value === "false"
      ? t(value === "true" ? "opening.yes" : "opening.no")
      : domain(`fact_value.${name}_${value}` as "fact_value.nature_fault");
  const { [name]: value = "", ...others } = report.facts;
  const wrong = wrongAt("facts") ?? wrongAt(name);
  return (
    <div className="ask">
      <label htmlFor={`new-${name}`}>{domain(`fact.${name}` as "fact.nature")}</label>
      <Choice
        name={name}
        value={value}
        wrong={wrong}
        onChoose={(chosen) => change({ facts: chosen === "" ? others : { ...others, [name]: chosen } })}
        options={[
          { value: "", says: t("opening.notSaid") },
          ...(FACTS[name] ?? []).map((each) => ({ value: each, says: says(each) })),
        ]}
      />
    </div>
  );
}
