/** A ticket: who and what, how far it is, and every promise with its clock and its reason. */
import { EditOutlined, EyeOutlined } from "@ant-design/icons";
import { Link, useParams, useSearchParams } from "react-router";
import { usePresence } from "@shared/live/presence";
import { useSession } from "@shared/session";
import { useTicket } from "@shared/tickets/one";
import { Clock, spaced } from "@shared/tickets/row";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Acts } from "./acts";
import { Attachments } from "./attachments";
import { Ladder } from "./ladder";
import { Notified } from "./notified";
import { Promises } from "./promises";
import type { Ticket } from "./queries";
import { Report } from "./report";
import { Timeline } from "./timeline";
import "./page.css";

export default function TicketPage() {
  const { number = "" } = useParams();
  return <Whole number={number.toUpperCase()} />;
}

/** The same beside a list. */
export function Whole({ number }: { number: string }) {
  const { t } = useWords();
  const ticket = useTicket(number);
  const mayAdd = useSession().commands.length > 0;
  if (ticket.error && !ticket.data) return <Trouble error={ticket.error} again={() => void ticket.refetch()} />;
  if (!ticket.data) return <Bars rows={6} />;
  return (
    <article className="one">
      <Head ticket={ticket.data} />
      {ticket.data.projected ? <Ladder stage={ticket.data.stage} /> : <p role="status">{t("ticket.beginning")}</p>}
      <div className="columns">
        <div className="column">
          {ticket.data.projected && <Acts ticket={ticket.data} />}
          <Promises ticket={ticket.data} />
        </div>
        <div className="column">
          <Report ticket={ticket.data} />
          <Attachments number={ticket.data.number} mayAdd={mayAdd} />
          {ticket.data.projected && <Timeline ticket={ticket.data} />}
          {ticket.data.projected && <Notified number={ticket.data.number} />}
        </div>
      </div>
    </article>
  );
}

function Head({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { merged_into: into } = ticket;
  return (
    <header>
      <p>
        <span className="number">{spaced(ticket.number)}</span> {(ticket.next_due || ticket.paused) && <Clock ticket={ticket} isBrief={false} />}
        {ticket.ended_as === "discarded" && <b>{t("ticket.discarded")}</b>}
        {into && (
          <b>
            {t("ticket.mergedInto")} <Link to={`/tickets/${into}`}>{spaced(into)}</Link>
          </b>
        )}
      </p>
      <Others number={ticket.number} />
      <h1 dir="auto">{ticket.title}</h1>
    </header>
  );
}

/** Colleagues who have it open too: two should not write the same answer, nor call the customer twice. */
function Others({ number }: { number: string }) {
  const { t } = useWords();
  const [place] = useSearchParams();
  const { id, role } = useSession();
  const others = usePresence(number, place.has("act") ? "writing" : "reading", id, role !== "auditor");
  return (
    <p className="others" role="status" aria-label={t("ticket.others")}>
      {others.map(({ id: who, name, doing }) => (
        <span key={who} className={doing}>
          <span aria-hidden="true">{doing === "writing" ? <EditOutlined /> : <EyeOutlined />}</span> <b dir="auto">{name}</b> {t(`ticket.${doing}`)}
        </span>
      ))}
    </p>
  );
}
