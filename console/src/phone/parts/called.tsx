/** A call that nobody has answered: whoever is called has it with one tap, which leaves as every other act does. */
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { done } from "../doing";
import { queuedOn } from "../outbox/acts";
import type { Called } from "../queries";
import { usePhone } from "../state";
import { named, t } from "../words";
import { Link } from "./link";

const KIND = "acknowledge";

export function CallsFor({ calls }: { calls: Called[] }) {
  if (calls.length === 0) return null;
  return (
    <section aria-label={t("phone.calls", { count: calls.length })}>
      <h2>{t("phone.calls", { count: calls.length })}</h2>
      {calls.map((call) => (
        <One key={call.ticket} call={call} />
      ))}
    </section>
  );
}

function One({ call: { ticket: number, title, text, action, created_at: at } }: { call: Called }) {
  const { me, acts } = usePhone();
  const isAnswered = me !== undefined && queuedOn(acts, me.id, number).some(({ kind }) => kind === KIND);
  return (
    <article className="card calls">
      <b dir="auto">{title}</b>
      <p dir="auto">
        <time>{moment(at, serverNow())}</time> {text}
      </p>
      {action && <p>{action}</p>}
      <div className="two">
        {isAnswered ? (
          <Link to="/m/outbox" className="plain">
            {t("phone.answering")}
          </Link>
        ) : (
          <button type="button" className="big" onClick={() => void done({ number, kind: KIND, data: {} })}>
            {named("command", KIND)}
          </button>
        )}
        <Link to={`/m/t/${number}`} className="plain">
          {t("phone.open")}
        </Link>
      </div>
    </article>
  );
}
