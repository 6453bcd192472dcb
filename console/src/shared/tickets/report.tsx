/** What was reported, by whom, and the tickets that belong to it. */
import { Link } from "react-router";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { grouped } from "@shared/phone";
import { Copy } from "@shared/ui/copy";
import { useWords } from "@shared/words";
import { useLevelName } from "./levels";
import type { Ticket } from "./one";
import { usePathOf } from "./path";
import { spaced } from "./number";

const at = (instant: string) => moment(instant, serverNow());

/** To a vendor, who is told nothing of the contract, its word for the level says nothing. */
export function Report({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const levelName = useLevelName();
  const rows: [string, string | null | undefined][] = [
    [t("ticket.customer"), ticket.customer.name],
    [t("ticket.contact"), ticket.contact.name],
    [t("ticket.level"), ticket.level && ticket.pack && levelName(ticket.pack, ticket.level)],
    [t("ticket.assignee"), ticket.assignee_name ?? ticket.assignee ?? t("unassigned")],
    [t("ticket.received"), at(ticket.received_at)],
    [t("ticket.occurred"), ticket.fault_occurred_at && at(ticket.fault_occurred_at)],
    [t("ticket.asset"), ticket.asset],
  ];
  return (
    <section className="card">
      <h2>{t("ticket.report")}</h2>
      <p className="said" dir="auto">
        {ticket.description}
      </p>
      <dl>
        {rows.map(([says, value]) =>
          value ? (
            <div key={says}>
              <dt>{says}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ) : null,
        )}
        <div>
          <dt>{t("ticket.phone")}</dt>
          <dd>
            <a href={`tel:${ticket.contact.phone}`}>{grouped(ticket.contact.phone)}</a>
          </dd>
        </div>
        {ticket.site && (
          <div>
            <dt>{t("ticket.site")}</dt>
            <dd>
              <span dir="auto">{ticket.site}</span> <Copy text={ticket.site} />
            </dd>
          </div>
        )}
        {ticket.other_contacts.map(({ name, phone }) => (
          <div key={`${name} ${phone}`}>
            <dt>{t("ticket.otherContact")}</dt>
            <dd>
              <span dir="auto">{name}</span> <a href={`tel:${phone}`}>{grouped(phone)}</a>
            </dd>
          </div>
        ))}
        <Others says={t("ticket.mergedFrom")} numbers={ticket.merged_from ?? []} />
        <Others says={t("ticket.follows")} numbers={ticket.follows ? [ticket.follows] : []} />
        <Others says={t("ticket.followedBy")} numbers={ticket.followed_by ?? []} />
      </dl>
    </section>
  );
}

/** Tickets that belong to this one. */
function Others({ says, numbers }: { says: string; numbers: readonly string[] }) {
  const pathOf = usePathOf();
  if (numbers.length === 0) return null;
  return (
    <div>
      <dt>{says}</dt>
      <dd>
        {numbers.map((number) => (
          <Link key={number} to={pathOf(number)} className="other">
            {spaced(number)}
          </Link>
        ))}
      </dd>
    </div>
  );
}
