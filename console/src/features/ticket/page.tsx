/** A ticket: who and what, how far it is, and every promise with its clock and its reason. */
import { EditOutlined, EyeOutlined } from "@ant-design/icons";
import { useParams, useSearchParams } from "react-router";
import { Attachments } from "@shared/attachments/list";
import { usePresence } from "@shared/live/presence";
import { IssuedLinks } from "@shared/links/issued";
import { useSession } from "@shared/session";
import { TicketHead } from "@shared/tickets/head";
import { useTicket } from "@shared/tickets/one";
import { Promises } from "@shared/tickets/promises";
import { Report } from "@shared/tickets/report";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Acts } from "./acts";
import { Ladder } from "./ladder";
import { Notified } from "./notified";
import { Timeline } from "./timeline";
import "@shared/tickets/one.css";

export default function TicketPage() {
  const { number = "" } = useParams();
  return <Whole key={number.toUpperCase()} number={number.toUpperCase()} />;
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
      <TicketHead ticket={ticket.data}>
        <Others number={ticket.data.number} />
      </TicketHead>
      {ticket.data.projected ? <Ladder stage={ticket.data.stage} /> : <p role="status">{t("ticket.beginning")}</p>}
      <div className="columns">
        <div className="column">
          {ticket.data.projected && <Acts ticket={ticket.data} />}
          {ticket.data.projected && <IssuedLinks number={ticket.data.number} />}
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
