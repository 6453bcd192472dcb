/** Links that were handed over or taken along: to whom and for what, until when, whether used; who may revokes them. */
import { moment } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { useDoes } from "@shared/records/does";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { revokeLink, useIssued, useReadAnew, type By, type Issued } from "./queries";
import { instantOf, standing } from "./standing";

/** Who answers for the ticket, or watches, knows of all that were issued. */
const KNOWS_ALL: ReadonlySet<string> = new Set(["project_manager", "duty_manager", "leader", "auditor"]);

export function IssuedLinks({ number }: { number: string }) {
  const { t } = useWords();
  const now = useNow();
  const { role, commands } = useSession();
  const { data } = useIssued(number, KNOWS_ALL.has(role) || commands.includes("hand_link") || commands.includes("approve"));
  if (!data || data.length === 0) return null;
  const [live, over] = [true, false].map((lives) => data.filter((each) => (standing(each, now) === "live") === lives));
  const list = (links: Issued[] = []) => (
    <ol className="timeline">
      {links.map((each) => (
        <One key={each.id} number={number} link={each} now={now} />
      ))}
    </ol>
  );
  return (
    <section className="card not-printed">
      <h2>{t("links.title")}</h2>
      {list(live)}
      {over && over.length > 0 && (
        <details>
          <summary>{t("links.over", { count: over.length })}</summary>
          {list(over)}
        </details>
      )}
    </section>
  );
}

function One({ number, link, now }: { number: string; link: Issued; now: number }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { id } = useSession();
  const does = useDoes(useReadAnew(number));
  const { action, about, person, handed_by: by } = link;
  const said = { to: link.person_name ?? person, by: link.handed_by_name ?? t("links.us") };
  const is = standing(link, now);
  const asked = domain(`waits_for.${action === "approve_major" ? "approval" : (action as "confirmation")}`);
  return (
    <li>
      <p className="what">
        <b>{[asked, about].filter(Boolean).join(" ")}</b>
        <span dir="auto">{t(by === null ? "links.own" : "links.handed", said)}</span>
      </p>
      {link.sent && (
        <p className="what">
          <span className="soft">{t(`links.sent.${link.sent.became}`, { by: t(`links.by.${link.sent.by as By}`), to: link.sent.to, at: moment(link.sent.at, now) })}</span>
          {link.sent.became === "refused" && <span dir="auto">{link.sent.said}</span>}
        </p>
      )}
      <p className="what">
        <span className="soft">{t(`links.is.${is}`, { at: moment(instantOf(link), now) })}</span>
        {is === "live" && (id === person || id === by) && (
          <button type="button" className="link" onClick={() => void does(() => revokeLink(number, link.id), t("links.revoked"))}>
            {t("links.revoke")}
            <span className="only-read">{asked}</span>
          </button>
        )}
      </p>
    </li>
  );
}
