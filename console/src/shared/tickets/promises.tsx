/** Every promise of the ticket: how it stands, until when, and why this time. */
import { useMemo, useRef, useState } from "react";
import { moment } from "@shared/clock/beijing";
import { Due, NotKept, Stopped } from "@shared/clock/due";
import { serverNow } from "@shared/clock/server";
import { useKeys, type Binding } from "@shared/keys/keys";
import { usePreferences } from "@shared/preferences";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { useObligations, type Obligation, type Ticket } from "./one";
import { inOrder } from "./order";

export function Promises({ ticket: { number, paused } }: { ticket: Ticket }) {
  const { t } = useWords();
  const { data, error, refetch } = useObligations(number);
  const card = useRef<HTMLElement>(null);
  useKeys(
    useMemo<Binding[]>(() => {
      const ask = () => {
        const first = card.current?.querySelector<HTMLElement>(".why");
        first?.focus();
        first?.click();
      };
      return [{ keys: "w", does: t("ticket.whyKeys"), run: ask }];
    }, [t]),
  );
  return (
    <section ref={card} className="card">
      <h2>{t("ticket.promises")}</h2>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={4} />}
      {data?.items.length === 0 && <p className="soft">{t("ticket.noPromises")}</p>}
      <ul className="promises">
        {inOrder(data?.items ?? []).map((each) => (
          <Promised key={each.key} promise={each} paused={paused} />
        ))}
      </ul>
    </section>
  );
}

interface Given {
  promise: Obligation;
  /** Why the ticket stands still. */
  paused: Ticket["paused"];
}

function Promised({ promise, paused }: Given) {
  const { t } = useWords();
  const { language } = usePreferences();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <div className="promise">
        <div>
          <Standing promise={promise} paused={paused} />
          {promise.provisional && <span className="mark">{t("ticket.provisional")}</span>}
          {promise.default && <span className="mark">{t("ticket.default")}</span>}
        </div>
        <button type="button" className="why" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t("ticket.why")}
        </button>
      </div>
      {isOpen && <p className="soft">{promise.explanation[language]}</p>}
    </li>
  );
}

/** Running ones by their clock, the others in words. */
function Standing({ promise, paused }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { state, due_at: due, met_at: met } = promise;
  const kind = domain(`kind.${promise.kind as "respond"}`, { defaultValue: promise.kind });
  if (due && state === "breached" && !promise.open && !met) {
    return (
      <span>
        <NotKept /> {kind} <time>{t("ticket.until", { at: moment(due, serverNow()) })}</time>
      </span>
    );
  }
  if (due && (state === "running" || (state === "breached" && !met))) {
    return (
      <span>
        <Due at={due} promise={promise.kind} /> <time>{t("ticket.until", { at: moment(due, serverNow()) })}</time>
      </span>
    );
  }
  if (state === "paused") {
    return (
      <span>
        <Stopped why={promise.reason ?? paused ?? ""} /> {kind}
      </span>
    );
  }
  if (met) return <Done promise={promise} kind={kind} met={met} />;
  if (state === "pending") {
    const armed = promise.armed.split(" or ").map((each) => domain(`armed.${each as "now"}`, { defaultValue: each }));
    return (
      <span className="soft">
        {kind} {t("ticket.pending", { armed: armed.join(" / ") })}
      </span>
    );
  }
  const says = state === "superseded" || state === "waived" || state === "cancelled" ? state : "waiting";
  return (
    <span className="soft">
      {kind} {t(`ticket.state.${says}`)}
    </span>
  );
}

function Done({ promise, kind, met }: { promise: Obligation; kind: string; met: string }) {
  const { t } = useWords();
  const isLate = promise.state === "breached";
  const says = isLate ? "ticket.keptLate" : promise.reported_late ? "ticket.keptReportedLate" : "ticket.kept";
  return (
    <span>
      <span className={`due ${isLate ? "late" : "kept"}`}>{t(says)}</span> {kind} <time>{moment(met, serverNow())}</time>
    </span>
  );
}
