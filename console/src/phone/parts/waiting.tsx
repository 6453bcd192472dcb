/** Acts that are not on record yet, each with what is to be done about it. */
import { useEffect, useState } from "react";
import { local, moment } from "@shared/clock/beijing";
import { isHeard, offset, serverNow } from "@shared/clock/server";
import { occurredAt } from "@shared/commands/stated";
import { plainly } from "@shared/words/plain";
import { openersOf } from "../next";
import { doubtOf, isFresh, type Act } from "../outbox/acts";
import { go } from "../route";
import { check, drop, sendAnew } from "../doing";
import { usePhone } from "../state";
import { named, t } from "../words";
import { refill } from "./refill";

const MINUTE_MS = 60_000;
export const nameOf = ({ kind }: Act) => (kind === "open" ? t("phone.call") : named("command", kind));

export function Waiting({ acts }: { acts: Act[] }) {
  const refused = acts.findIndex(({ state }) => state === "refused");
  return (
    <ul className="queued">
      {acts.map((act, place) => (
        <li key={act.id} className={act.state}>
          <p>
            <b>{nameOf(act)}</b> <time>{moment(act.at, serverNow())}</time> <Standing act={act} isBehind={refused >= 0 && place > refused} />
          </p>
          {act.state === "refused" && <Refused act={act} behind={acts.length - place - 1} />}
          {act.state === "waiting" && <Held act={act} />}
        </li>
      ))}
    </ul>
  );
}

function Standing({ act, isBehind }: { act: Act; isBehind: boolean }) {
  if (act.state === "refused") return <span className="wrong">{t("phone.refused")}</span>;
  if (isBehind) return <span className="soft">{t("phone.behind")}</span>;
  return <span className="soft">{act.state === "pending" ? t("phone.pending") : act.sent ? t("phone.sending") : t("phone.stored")}</span>;
}

/** Not sent yet: it can be taken back for a moment, and its time is looked at where the phone's clock was wrong. */
function Held({ act }: { act: Act }) {
  const [now, setNow] = useState(Date.now);
  const isOpen = isFresh(act, now);
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, act.from - Date.now()) + 20);
    return () => clearTimeout(timer);
  }, [act.from, isOpen]);
  if (isOpen) {
    return (
      <button type="button" className="plain" onClick={() => void drop(act)}>
        {t("phone.undo")}
      </button>
    );
  }
  const doubt = isHeard() ? doubtOf(act, offset(), now) : undefined;
  if (doubt === "ahead") return <Ahead act={act} />;
  return doubt === "clock" ? <Checked act={act} /> : null;
}

/** What is filled in as still to come is filled in again: nobody knows what was meant. */
function Ahead({ act }: { act: Act }) {
  const [at, setAt] = useState(() => local(serverNow()));
  const meant = occurredAt(at);
  return (
    <div role="group" aria-label={t("phone.checkTime")}>
      <p>{t("phone.aheadOf", { at: moment(act.at, serverNow()) })}</p>
      <label>
        <span>{t("phone.when")}</span>
        <input type="datetime-local" max={local(serverNow())} value={at} onChange={(event) => setAt(event.target.value)} />
      </label>
      <button type="button" disabled={meant === undefined || Date.parse(meant) > serverNow()} onClick={() => meant && void check(act, meant)}>
        {t("phone.itWas", { at: meant === undefined ? "" : moment(meant, serverNow()) })}
      </button>
    </div>
  );
}

function Checked({ act }: { act: Act }) {
  const said = Date.parse(act.at);
  const told = Math.min(said - (act.offset ?? 0) + offset(), serverNow());
  return (
    <div role="group" aria-label={t("phone.checkTime")}>
      <p>{t("phone.checkTimeOf", { minutes: Math.round(Math.abs(told - said) / MINUTE_MS) })}</p>
      <div className="two">
        <button type="button" onClick={() => void check(act, new Date(told).toISOString())}>
          {t("phone.itWas", { at: moment(told, serverNow()) })}
        </button>
        <button type="button" onClick={() => void check(act, act.at)}>
          {t("phone.itWas", { at: moment(said, serverNow()) })}
        </button>
      </div>
    </div>
  );
}

function Refused({ act, behind }: { act: Act; behind: number }) {
  const { tickets } = usePhone();
  const [isSure, setIsSure] = useState(false);
  const offers = tickets.find(({ ticket }) => ticket.number === act.number)?.offers.items ?? [];
  const steps = openersOf(offers, act.kind);
  const edit = async () => go(await refill(act));
  return (
    <div role="group" aria-label={t("phone.refused")}>
      <p role="alert">{plainly(act.says ?? "")}</p>
      {behind > 0 && <p className="soft">{t("phone.waitBehind", { count: behind })}</p>}
      <div className="two">
        {steps.map((kind) => (
          <button key={kind} type="button" onClick={() => go(`/m/t/${act.number}#${kind}`)}>
            {t("phone.first", { act: named("command", kind) })}
          </button>
        ))}
        <button type="button" onClick={() => void sendAnew(act)}>
          {t("phone.again")}
        </button>
        {(act.kind !== "open" || act.filled) && (
          <button type="button" onClick={() => void edit()}>
            {t("phone.edit")}
          </button>
        )}
        <button type="button" onClick={() => (isSure ? void drop(act) : setIsSure(true))}>
          {isSure ? t("phone.skipForEver") : t("phone.skip")}
        </button>
      </div>
    </div>
  );
}
