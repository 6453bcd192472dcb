/** Which ticket a page is of, and how it stands. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useWords } from "@shared/words";
import { HasIt } from "./has-it";
import type { Ticket } from "./one";
import { usePathOf } from "./path";
import { spaced } from "./number";
import { Clock } from "./row";

/** `children` stand between the number and the title. */
export function TicketHead({ ticket, children }: { ticket: Ticket; children?: ReactNode }) {
  const { t } = useWords();
  const pathOf = usePathOf();
  const { merged_into: into } = ticket;
  return (
    <header>
      <p>
        <span className="number">{spaced(ticket.number)}</span> {(ticket.next_due || ticket.paused) && <Clock ticket={ticket} isBrief={false} />}
        {ticket.call && <HasIt call={ticket.call} />}
        {ticket.ended_as === "discarded" && <b>{t("ticket.discarded")}</b>}
        {into && (
          <b>
            {t("ticket.mergedInto")} <Link to={pathOf(into)}>{spaced(into)}</Link>
          </b>
        )}
      </p>
      {children}
      <h1 dir="auto">{ticket.title}</h1>
    </header>
  );
}
