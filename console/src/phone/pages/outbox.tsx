/** All that waits, ticket by ticket, and what went on record of late. */
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { spaced } from "@shared/tickets/number";
import { openOf, others } from "../outbox/acts";
import { Link } from "../parts/link";
import { nameOf, Waiting } from "../parts/waiting";
import { meet } from "../meeting";
import { usePhone } from "../state";
import { t } from "../words";

const SHOWN = 20;

export function OutboxPage() {
  const { me, acts } = usePhone();
  if (me === undefined) return null;
  const open = openOf(acts, me.id);
  const numbers = [...new Set(open.map(({ number }) => number))];
  const recorded = acts.filter(({ user, state }) => user === me.id && state === "done").toSorted((one, other) => other.made - one.made);
  return (
    <>
      <Link to="/m/" className="plain">
        ‹ {t("phone.back")}
      </Link>
      <h1>{open.length > 0 ? t("phone.waiting", { count: open.length }) : t("phone.nothingWaits")}</h1>
      {open.length > 0 && (
        <button type="button" onClick={() => void meet()}>
          {t("phone.sendNow")}
        </button>
      )}
      {numbers.map((number) => (
        <section key={number} className="card">
          <h2>{open.some((act) => act.kind === "open" && act.number === number) ? t("phone.newReport") : <Link to={`/m/t/${number}`}>{spaced(number)}</Link>}</h2>
          <Waiting acts={open.filter((act) => act.number === number)} />
        </section>
      ))}
      {others(acts, me.id).map(({ name, count }) => (
        <p key={name} className="soft">
          {t("phone.ofOthers", { name, count })}
        </p>
      ))}
      {recorded.length > 0 && (
        <section className="card">
          <h2>{t("phone.recorded")}</h2>
          <ul>
            {recorded.slice(0, SHOWN).map((act) => (
              <li key={act.id}>
                ✓ {nameOf(act)} <time>{moment(act.at, serverNow())}</time> <span className="soft">{spaced(act.number)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
