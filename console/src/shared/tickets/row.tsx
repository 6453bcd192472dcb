/** A ticket in a list: the clock first, for that is what one looks for. */
import { Due, Stopped } from "@shared/clock/due";
import { useWords } from "@shared/words";
import type { TicketLine } from "./queries";
import "./row.css";

/** `6X79 2M25`: as people read it out. */
export const spaced = (number: string) => `${number.slice(0, 4)} ${number.slice(4)}`;

export function TicketRow({ ticket }: { ticket: TicketLine }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <div className="ticket">
      <span className="clock">
        <Clock ticket={ticket} />
      </span>
      <span className="number">{spaced(ticket.number)}</span>
      <span className="title" dir="auto">
        {ticket.drill && <span className="mark">{t("drill")} </span>}
        {ticket.title}
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

function Clock({ ticket }: { ticket: TicketLine }) {
  if (ticket.paused) return <Stopped why={ticket.paused} />;
  if (ticket.next_due) return <Due at={ticket.next_due.due_at} promise={ticket.next_due.key} />;
  return <span className="soft">—</span>;
}
