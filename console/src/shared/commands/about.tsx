/** What a form is filled in about: the application, the access that was asked for, the pause, what a closing waits for. */
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { usePreferences } from "@shared/preferences";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import type { Offer } from "./fields";

const at = (instant: string | null | undefined) => instant && moment(instant, serverNow());

export function About({ offer }: { offer: Offer }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const { application, remote, pause, missing } = offer.needs;
  const rows: [string, string | null | undefined][] = [
    [t("about.application"), application?.title],
    [t("about.plan"), application?.plan],
    [t("about.risk"), application?.risk],
    [
      t("about.approvals"),
      application?.approvals.map(({ department }) => domain(`department.${department as "technical"}`)).join(" · "),
    ],
    [t("about.wanted"), remote?.wanted],
    [t("about.scope"), remote?.scope],
    [t("about.until"), at(remote?.granted_until)],
    [t("about.paused"), pause && domain(`pause.${pause.reason as "customer"}`)],
    [t("about.since"), at(pause?.since)],
    [t("about.resumes"), at(pause?.until)],
  ];
  const told = rows.filter(([, value]) => value);
  if (told.length === 0 && !missing?.length) return null;
  return (
    <div className="about">
      <dl>
        {told.map(([says, value]) => (
          <div key={says}>
            <dt>{says}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {missing && missing.length > 0 && (
        <>
          <p>{t("about.missing")}</p>
          <ul className="listed">
            {missing.map(({ reason, detail }) => (
              <li key={`${reason}${detail.zh}`}>{plainly(detail[language])}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
