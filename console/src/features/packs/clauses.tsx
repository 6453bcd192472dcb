/** Every clause with its sentence, what it gives us, and how that is counted. */
import { usePreferences } from "@shared/preferences";
import type { WholePack } from "@shared/promises/queries";
import { useWords } from "@shared/words";
import { budgetOf, calledByHours } from "./budget";
import type { Clause } from "./queries";

export function useBudget(): (said: string | number) => string {
  const { t } = useWords();
  return (said) => {
    const budget = budgetOf(said);
    if (budget.unit === "days") return t("packs.days", { days: budget.days });
    const { hours, minutes } = budget;
    return [hours > 0 && t("packs.hours", { hours }), minutes > 0 && t("packs.minutes", { minutes })].filter(Boolean).join(" ");
  };
}

/** The names of levels, as the pack calls them. */
export function useLevels(pack: WholePack): (ids: string[]) => string {
  const { t } = useWords();
  const { language } = usePreferences();
  return (ids) => ids.map((id) => pack.levels.find((level) => level.id === id)?.[language] ?? id).join(t("opening.and"));
}

export function Clauses({ pack }: { pack: WholePack }) {
  const { t } = useWords();
  return (
    <ul className="clauses">
      {pack.clauses.map((each) => (
        <li key={`${each.id} ${each.kind} ${each.levels.join(" ")} ${JSON.stringify(each.when)}`} className="card">
          <One clause={each} pack={pack} />
        </li>
      ))}
      {pack.clauses.length === 0 && <li>{t("packs.noClauses")}</li>}
    </ul>
  );
}

function One({ clause, pack }: { clause: Clause; pack: WholePack }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const budget = useBudget();
  const levels = useLevels(pack);
  const hoursOf = (id: string) => {
    const found = pack.hours.find((each) => each.id === id);
    const windows = found?.windows.map(([opens, closes]) => `${opens}–${closes}`).join(t("opening.and"));
    return found ? `${t(found.days === "every" ? "packs.everyDay" : "packs.workingDays")} ${windows}` : id;
  };
  const told = [
    domain(`counting.${clause.counting as "wall"}`),
    clause.counting === "service" || clause.counting === "deferred" ? (calledByHours(clause.calendar) ? clause.calendar : hoursOf(clause.calendar)) : "",
    t("packs.from", { origin: domain(`origin.${clause.origin as "received"}`) }),
    clause.armed !== "now" && t("packs.armed", { armed: armedBy(clause.armed, domain) }),
    ...Object.entries(clause.when).map(
      ([fact, values]) => `${domain(`fact.${fact as "nature"}`)}${t("packs.is")}${values.map((each) => value(fact, each)).join(" / ")}`,
    ),
    clause.remote && t("packs.remote"),
    clause.instead && t("packs.instead"),
  ];
  function value(fact: string, said: boolean | string): string {
    if (typeof said === "boolean") return t(said ? "choice.yes" : "choice.no");
    return domain(`fact_value.${fact}_${said}` as "fact_value.nature_fault", { defaultValue: said });
  }
  return (
    <>
      <p className="clause">
        <span className="soft">{clause.id}</span> <b>{clause.kind_name[language]}</b>{" "}
        <span>{clause.levels.length > 0 ? levels(clause.levels) : t("packs.allLevels")}</span>{" "}
        <b>{budget(clause.budget)}</b>
        {clause.default && <span className="mark"> {t("ticket.default")}</span>}
      </p>
      <p className="soft">{told.filter(Boolean).join(" · ")}</p>
      <blockquote lang="zh-CN">
        {clause.text} <span className="soft">{t("packs.line", { line: clause.line })}</span>
      </blockquote>
      {clause.note && <p className="soft">{clause.note[language]}</p>}
      {clause.scope_note && <p className="soft">{clause.scope_note[language]}</p>}
      {clause.see.length > 0 && <p className="soft">{t("packs.see", { clauses: clause.see.join(t("opening.and")) })}</p>}
    </>
  );
}

type Domain = ReturnType<typeof useWords<"domain">>["t"];

const armedBy = (armed: string, domain: Domain) =>
  armed
    .split(" or ")
    .map((each) => domain(`armed.${each}` as "armed.now", { defaultValue: each }))
    .join(" / ");
