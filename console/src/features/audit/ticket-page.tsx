/** A ticket as evidence has it: whether it holds, what was promised, and all that happened, to the second. */
import { Link, useParams } from "react-router";
import { second } from "@shared/clock/beijing";
import { lastedSaid } from "@shared/clock/lasted";
import { underSaid, usePackName } from "@shared/tickets/levels";
import { Records } from "@shared/records/records";
import { useObligations, useTicket } from "@shared/tickets/one";
import { spaced } from "@shared/tickets/number";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Entries } from "./entries";
import type { Ticket } from "./queries";
import { Evidence } from "./verdict";
import "./page.css";

export default function AuditTicketPage() {
  const { number: said = "" } = useParams();
  const number = said.toUpperCase();
  const { data: ticket, error, refetch } = useTicket(number);
  if (error && !ticket) return <Trouble error={error} again={() => void refetch()} />;
  if (!ticket) return <Bars rows={8} />;
  return (
    <article className="audited">
      <Head ticket={ticket} />
      <Evidence number={ticket.number} />
      <Promises number={ticket.number} />
      <Entries ticket={ticket} />
    </article>
  );
}

function Head({ ticket }: { ticket: Ticket }) {
  const { number, title, customer, received_at: received, closed_at: closed } = ticket;
  const { t } = useWords();
  const packName = usePackName();
  return (
    <header>
      <p>
        <Link to="/audit">‹ {t("menu.audit")}</Link>
      </p>
      <h1>
        {spaced(number)} <span dir="auto">{title}</span>
      </h1>
      <p className="soft">
        <span dir="auto">{customer.name}</span> · {underSaid(packName, ticket)} · {t("audit.receivedAt")} {second(received)} ·{" "}
        {closed ? `${t("audit.closedAt")} ${second(closed)}` : t("audit.stillOpen")}
      </p>
      <p className="audited-ways">
        <Link to={`/tickets/${number}`}>{t("audit.ticket")}</Link>
        <Link to={`/audit/what-if?numbers=${number}`}>{t("audit.whatIf")}</Link>
      </p>
    </header>
  );
}

function Promises({ number }: { number: string }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { data, error, refetch } = useObligations(number);
  const found = { rows: data?.items, error, again: () => void refetch(), more: undefined, isMoreComing: false };
  return (
    <section>
      <h2>{t("ticket.promises")}</h2>
      <Records
        name={t("ticket.promises")}
        found={found}
        keyOf={(each) => each.key}
        none={t("ticket.noPromises")}
        heads={[t("audit.promise"), t("audit.clause"), t("audit.state"), t("audit.due"), t("audit.met"), t("audit.alarms")]}
      >
        {(each) => [
          domain(`kind.${each.kind as "respond"}`, { defaultValue: each.kind }),
          each.clause,
          domain(`state.${each.state}`),
          each.due_at ? <time key="due">{second(each.due_at)}</time> : "—",
          each.met_at ? <time key="met">{second(each.met_at)}</time> : "—",
          <ul key="alarms">
            {each.alarms.length === 0 && <li>—</li>}
            {each.alarms.map(({ rung, raised_at: raised, lateness_ms: late }) => (
              <li key={rung}>{t("audit.alarm", { rung, at: second(raised), late: t(...lastedSaid(late)) })}</li>
            ))}
          </ul>,
        ]}
      </Records>
    </section>
  );
}
