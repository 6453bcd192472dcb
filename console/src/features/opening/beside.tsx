/** What is known already: the caller's open tickets, and those that may be of the same fault. */
import { Link } from "react-router";
import { spaced } from "@shared/tickets/number";
import { Clock } from "@shared/tickets/row";
import { OPEN, type TicketLine } from "@shared/tickets/queries";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import type { Report } from "./draft";
import { useSimilar, type Caller } from "./queries";
import { useCustomer } from "@shared/customers/queries";
import { useSoon } from "@shared/ui/soon";

/** Tickets of whoever may be calling, each once. */
export function openOf(found: Caller[] | undefined): TicketLine[] {
  const theirs = (found ?? []).flatMap((each) => each.open);
  return theirs.filter((ticket, place) => theirs.findIndex((other) => other.number === ticket.number) === place);
}

export function Beside({ report, found }: { report: Report; found: Caller[] | undefined }) {
  const open = openOf(found);
  return (
    <>
      <Open tickets={open} />
      <Customers report={report} />
      <Duplicates report={report} known={open} />
    </>
  );
}

function Open({ tickets }: { tickets: TicketLine[] }) {
  const { t } = useWords();
  if (tickets.length === 0) return null;
  return (
    <section className="card known" aria-labelledby="new-open" data-below="">
      <h2 id="new-open" role="status">
        {t("opening.open", { count: tickets.length })}
      </h2>
      <ul>
        {tickets.map((ticket) => (
          <Known key={ticket.number} ticket={ticket} />
        ))}
      </ul>
    </section>
  );
}

const NOT_CLOSED = OPEN.concat("resolved").map((stage) => ["stage", stage]);

function Customers({ report }: { report: Report }) {
  const { t } = useWords();
  const { data } = useCustomer(report.customer?.id);
  if (!data || data.open === 0) return null;
  return (
    <p className="soft">
      <Link to={`/tickets?${new URLSearchParams([["customer", data.id], ...NOT_CLOSED])}`}>
        {t("opening.customersOpen", { name: data.name, count: data.open })}
      </Link>
    </p>
  );
}

function Duplicates({ report, known }: { report: Report; known: TicketLine[] }) {
  const { t } = useWords();
  const text = useSoon(report.title.trim());
  const { data } = useSimilar(text, report.customer?.id);
  const items = text === "" ? [] : (data?.items ?? []).filter(({ ticket }) => known.every((each) => each.number !== ticket.number));
  if (items.length === 0) return null;
  return (
    <section className="card known" aria-labelledby="new-similar">
      <h2 id="new-similar" role="status">
        {t("opening.similar", { count: items.length })}
      </h2>
      <ul>
        {items.map(({ ticket, why }) => (
          <Known key={ticket.number} ticket={ticket} why={t("opening.same", { terms: why.join(t("opening.and")) })} />
        ))}
      </ul>
    </section>
  );
}

function Known({ ticket, why }: { ticket: TicketLine; why?: string }) {
  const { t: domain } = useWords("domain");
  return (
    <li>
      <p className="state">
        {ticket.stage !== "closed" && (ticket.paused || ticket.next_due) && <Clock ticket={ticket} />}
        <span className="soft">
          {spaced(ticket.number)} · {bare(domain(`stage.${ticket.stage}`))}
        </span>
      </p>
      <Link to={`/tickets/${ticket.number}`} dir="auto">
        {ticket.title}
      </Link>
      {why && <p className="soft">{why}</p>}
    </li>
  );
}
