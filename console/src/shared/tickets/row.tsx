/** A ticket in a list: the clock first, for that is what one looks for. */
import { Link } from "react-router";
import { Due, Stopped } from "@shared/clock/due";
import { readsAtADesk, useSession } from "@shared/session";
import { useWords } from "@shared/words";
import type { TicketLine } from "./queries";
import "./row.css";

/** `6X79 2M25`: as people read it out. */
export const spaced = (number: string) => `${number.slice(0, 4)} ${number.slice(4)}`;

/** Its title leads to its page, from anywhere in the row. */
export function TicketRow({ ticket }: { ticket: TicketLine }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const isDesk = readsAtADesk(useSession());
  return (
    <div className="ticket">
      <span className="clock">
        <Clock ticket={ticket} />
      </span>
      <span className="number">{spaced(ticket.number)}</span>
      <span className="title" dir="auto">
        {ticket.drill && <span className="mark">{t("drill")} </span>}
        {isDesk ? <Link to={`/tickets/${ticket.number}`}>{ticket.title}</Link> : ticket.title}
      </span>
      <span className="customer soft" dir="auto">
        {ticket.customer.name}
      </span>
      <span className="stage soft">
        {ticket.level !== null && `${ticket.level} · `}
        {domain(`stage.${ticket.stage}`)}
      </span>
      <span className="soft">{ticket.assignee ?? t("unassigned")}</span>
    </div>
  );
}

/** What runs out next on a ticket, or why nothing runs. */
export function Clock({ ticket }: { ticket: Pick<TicketLine, "paused" | "next_due"> }) {
  if (ticket.paused) return <Stopped why={ticket.paused} />;
  if (ticket.next_due) return <Due at={ticket.next_due.due_at} promise={ticket.next_due.key} />;
  return <span className="soft">—</span>;
}
