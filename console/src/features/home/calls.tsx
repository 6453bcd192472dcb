/** Calls that ring, are spoken in, or that nobody took and somebody has to return. */
import { Button } from "antd";
import { Link } from "react-router";
import { reportOf, useReturning } from "@shared/calls";
import { clock } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { useCalls, type Call } from "./queries";

export function Calls() {
  const { t } = useWords();
  const { items: calls, total } = useCalls().data ?? { items: [] };
  if (calls.length === 0) return null;
  const count = total ?? calls.length;
  return (
    <section className="card telephone">
      <h2>
        {t("home.calls.title")} <b className={calls.some(({ return_by }) => return_by !== null) ? "pressing" : ""}>{count}</b>
      </h2>
      <ul>
        {calls.map((call) => (
          <li key={call.id}>
            <Coming call={call} />
          </li>
        ))}
      </ul>
      {count > calls.length && <p>{t("home.calls.more", { shown: calls.length, total: count })}</p>}
    </section>
  );
}

function Coming({ call }: { call: Call }) {
  const { t } = useWords();
  const returning = useReturning(call.id);
  return (
    <>
      <b>{call.number || t("calls.withheld")}</b> <Standing call={call} />
      <span className="acts">
        <Link to={reportOf(call)}>{t("calls.take")}</Link>
        {call.return_by !== null && (
          <Button size="small" loading={returning.isPending} onClick={() => returning.mutate()}>
            {t("calls.return")}
          </Button>
        )}
      </span>
      {returning.error && <p role="alert">{plainly(returning.error.message)}</p>}
    </>
  );
}

function Standing({ call: { rang_at, answered_at, agent, return_by } }: { call: Call }) {
  const { t } = useWords();
  const now = useNow();
  if (return_by !== null) {
    const by = { at: clock(return_by) };
    return (
      <>
        <span>{t("home.calls.missed", { at: clock(rang_at) })}</span>{" "}
        {now > Date.parse(return_by) ? <b className="pressing">{t("home.calls.late", by)}</b> : <span>{t("home.calls.return", by)}</span>}
      </>
    );
  }
  if (answered_at === null) return <b>{t("home.calls.ringing")}</b>;
  return <span>{agent === null ? t("home.calls.spoken") : t("home.calls.spokenBy", { agent })}</span>;
}
