/** A ticket in a list: the clock first, for that is what one looks for. */
import { Link } from "react-router";
import { Due, Stopped } from "@shared/clock/due";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { Level } from "./level";
import { spaced } from "./number";
import { usePathOf } from "./path";
import type { TicketLine } from "./queries";
import "./row.css";

/** Its title leads to its page, from anywhere in the row. */
export function TicketRow({ ticket }: { ticket: TicketLine }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const pathOf = usePathOf();
  return (
    <div className="ticket">
      {(ticket.next_due || ticket.paused) && (
        <span className="clock">
          <Clock ticket={ticket} />
        </span>
      )}
      <span className="number">{spaced(ticket.number)}</span>
      <span className="title" dir="auto">
        {ticket.drill && <span className="mark">{t("drill")} </span>}
        <Link to={pathOf(ticket.number)}>{ticket.title}</Link>
      </span>
      <span className="customer soft" dir="auto">
        {ticket.customer.name}
      </span>
      <span className="stage soft">
        {ticket.level !== null && <Level pack={ticket.pack} level={ticket.level} />} {bare(domain(`stage.${ticket.stage}`))}
      </span>
      <span className="soft">{ticket.assignee_name ?? ticket.assignee ?? t("unassigned")}</span>
    </div>
  );
}

/** What runs out next on a ticket, or why nothing runs; a pause stops not every promise. */
export function Clock({ ticket, isBrief = true }: { ticket: Pick<TicketLine, "paused" | "paused_until" | "next_due">; isBrief?: boolean }) {
  const { paused, paused_until: until, next_due: due } = ticket;
  if (due) {
    return (
      <>
        <Due at={due.due_at} promise={due.key} /> {paused && <Stopped why={paused} until={isBrief ? undefined : until} isBrief={isBrief} />}
      </>
    );
  }
  if (paused) return <Stopped why={paused} until={until} />;
  return <span className="soft">—</span>;
}
