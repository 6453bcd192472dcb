/** When service is given, by which stages a ticket goes, and the settings that are no clauses. */
import { usePreferences } from "@shared/preferences";
import type { WholePack } from "@shared/promises/queries";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { calledByHours } from "./budget";
import type { Hours } from "./queries";

export function Process({ pack }: { pack: WholePack }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const route = (stages: string[]) => stages.map((each) => bare(domain(`stage.${each as "phone"}`))).join(" → ");
  const caps = Object.entries(pack.pause_caps).filter(([reason]) => pack.pause_reasons.includes(reason));
  return (
    <div className="process">
      <section className="card">
        <h2>{t("packs.hoursTitle")}</h2>
        <ul>
          {pack.hours.map((each) => (
            <Calendar key={each.id} hours={each} />
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{t("packs.route")}</h2>
        <p>{route(pack.route)}</p>
        {pack.detours.map((each) => (
          <p key={`${each.fact} ${each.value}`} className="soft">
            {domain(`fact.${each.fact as "nature"}`)}
            {t("packs.is")}
            {domain(`fact_value.${each.fact}_${each.value}` as "fact_value.nature_fault", { defaultValue: String(each.value) })}
            {": "}
            {route(each.route)}
          </p>
        ))}
      </section>
      <section className="card">
        <h2>{t("packs.pauses")}</h2>
        {caps.length === 0 && <p>{t("packs.noPauses")}</p>}
        <ul>
          {caps.map(([reason, days]) => (
            <li key={reason}>
              {domain(`pause.${reason as "customer"}`)} {days === null ? t("packs.noCap") : t("choice.days", { days })}
            </li>
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{t("packs.settings")}</h2>
        <ul>
          {pack.settings.map((each) => (
            <li key={each.name}>
              {each[language]} <span className="soft">{each.clauses.join(t("opening.and"))}</span>
            </li>
          ))}
        </ul>
      </section>
      {pack.hotlines.length > 0 && (
        <section className="card">
          <h2>{t("packs.hotlines")}</h2>
          <ul>
            {pack.hotlines.map((each) => (
              <li key={each.number}>
                <a href={`tel:${each.number}`}>{each.number}</a> {each[language]}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Calendar({ hours }: { hours: Hours }) {
  const { t } = useWords();
  const { language } = usePreferences();
  return (
    <li>
      {calledByHours(hours.id) && <b>{hours.id}</b>} {t(hours.days === "every" ? "packs.everyDay" : "packs.workingDays")}{" "}
      {hours.windows.map(([opens, closes]) => `${opens}–${closes}`).join(", ")}
      {hours.default && <span className="mark"> {t("ticket.default")}</span>}
      {hours.note && <p className="soft">{hours.note[language]}</p>}
    </li>
  );
}
