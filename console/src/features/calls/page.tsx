/** Calls that nobody took: since when, who was told, and who called back. */
import { Button, Segmented } from "antd";
import { Link } from "react-router";
import { reportOf, useReturning } from "@shared/calls";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useNow } from "@shared/clock/ticker";
import { useAskedFor } from "@shared/records/asked";
import { Records } from "@shared/records/records";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { useMissedCalls, type MissedCall } from "./queries";
import { standing } from "./standing";
import "./page.css";

const WHICH = ["waiting", "all"] as const;
type Which = (typeof WHICH)[number];

export default function CallsPage() {
  const { t } = useWords();
  const [address, put] = useAskedFor();
  const which: Which = address.get("of") === "all" ? "all" : "waiting";
  const found = useMissedCalls(which === "waiting");
  return (
    <>
      <div className="record-head">
        <h1>{t("menu.calls")}</h1>
        <Segmented<Which>
          aria-label={t("calls.which")}
          value={which}
          onChange={(chosen) => put("of", chosen === "all" ? chosen : "")}
          options={WHICH.map((value) => ({ value, label: t(`calls.of.${value}`) }))}
        />
      </div>
      <Records
        name={t("menu.calls")}
        found={found}
        keyOf={(each) => each.id}
        none={t(`calls.none.${which}`)}
        heads={[t("calls.missedAt"), t("calls.number"), t("calls.state"), t("calls.told")]}
      >
        {(each) => [
          <time key="at" dateTime={each.ended_at ?? each.rang_at}>
            {moment(each.ended_at ?? each.rang_at, serverNow())}
          </time>,
          <Caller key="number" call={each} />,
          <Standing key="state" call={each} />,
          <Told key="told" call={each} />,
        ]}
      </Records>
    </>
  );
}

function Caller({ call: { number, caller, line } }: { call: MissedCall }) {
  const { t } = useWords();
  return (
    <span className="caller">
      {number ? <a href={`tel:${number}`}>{number}</a> : t("calls.withheld")}
      {caller && <span dir="auto">{caller}</span>}
      {line && <span className="soft">{t("calls.line", { line })}</span>}
    </span>
  );
}

function Standing({ call }: { call: MissedCall }) {
  const { t } = useWords();
  const { may_open: mayReturn } = useSession();
  const now = useNow();
  const state = standing(call, now);
  const told = {
    by: call.return_by && moment(call.return_by, now),
    at: call.returned_at && moment(call.returned_at, now),
    who: call.returned_by_name ?? call.returned_by,
  };
  return (
    <span className="standing">
      <span className={state === "late" ? "pressing" : ""}>{t(`calls.is.${state}`, told)}</span>
      {call.ticket && <Link to={`/tickets/${call.ticket}`}>{call.ticket}</Link>}
      {call.returned_at === null && mayReturn && <Returning call={call} />}
    </span>
  );
}

function Returning({ call }: { call: MissedCall }) {
  const { t } = useWords();
  const returning = useReturning(call.id);
  return (
    <>
      <Link to={reportOf(call)}>{t("calls.take")}</Link>
      <Button size="small" loading={returning.isPending} onClick={() => returning.mutate()}>
        {t("calls.return")}
      </Button>
      {returning.error && <span role="alert">{plainly(returning.error.message)}</span>}
    </>
  );
}

/** Who, and when; whoever was told twice, twice. */
function Told({ call: { told } }: { call: MissedCall }) {
  const { t } = useWords();
  if (told.length === 0) return <span className="soft">{t("calls.nobody")}</span>;
  return (
    <ul className="told">
      {told.map(({ person, name, at, read_at: read }) => (
        <li key={`${person} ${at}`}>
          <time dateTime={at}>{moment(at, serverNow())}</time> <span dir="auto">{name}</span> <span className="soft">{read ? t("notified.read", { at: moment(read, serverNow()) }) : t("notified.unread")}</span>
        </li>
      ))}
    </ul>
  );
}
