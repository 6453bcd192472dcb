/** My tickets: which falls due first stands first. */
import { useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { openOf, queuedOn } from "../outbox/acts";
import { CallsFor } from "../parts/called";
import { Clock } from "../parts/clock";
import { Link } from "../parts/link";
import { Which } from "../parts/which";
import type { Seen } from "../queries";
import { signOut } from "../meeting";
import { usePhone } from "../state";
import { named, t } from "../words";

const dueOf = ({ ticket }: Seen) => (ticket.next_due ? Date.parse(ticket.next_due.due_at) : Infinity);

export function ListPage() {
  const { me, tickets, calls } = usePhone();
  // One that they are only called for is not theirs yet.
  const mine = tickets.filter(({ ticket }) => ticket.assignee === me?.id || calls.every((call) => call.ticket !== ticket.number));
  const inOrder = mine.toSorted((one, other) => dueOf(one) - dueOf(other));
  const oldest = Math.min(...tickets.map(({ at }) => at));
  return (
    <>
      <CallsFor calls={calls} />
      <h1>{t("phone.mine", { count: mine.length })}</h1>
      {mine.length === 0 && <p className="card">{t("phone.noTickets")}</p>}
      <ul className="cards">
        {inOrder.map((seen) => (
          <Line key={seen.ticket.number} seen={seen} />
        ))}
      </ul>
      {tickets.length > 0 && <p className="soft">{t("phone.asOf", { at: moment(oldest, serverNow()) })}</p>}
      {me?.may_open && (
        <Link to="/m/call" className="big">
          {t("phone.call")}
        </Link>
      )}
      <a href="/inbox" className="plain">
        {t("phone.inbox")}
      </a>
      <SignOut />
    </>
  );
}

function Line({ seen: { ticket } }: { seen: Seen }) {
  const { me, acts } = usePhone();
  const waits = me ? queuedOn(acts, me.id, ticket.number).length : 0;
  return (
    <li>
      <Link to={`/m/t/${ticket.number}`} className="card">
        {ticket.next_due ? (
          <Clock at={ticket.next_due.due_at} promise={ticket.next_due.key} />
        ) : (
          <span className="due stopped">{ticket.paused ? named("pause", ticket.paused) : named("stage", ticket.stage)}</span>
        )}
        <b dir="auto">{ticket.title}</b>
        <span className="soft">
          <Which ticket={ticket} />
        </span>
        {waits > 0 && <span className="soft">{t("phone.waiting", { count: waits })}</span>}
      </Link>
    </li>
  );
}

/** What waits is not deleted, and it is said before. */
function SignOut() {
  const { me, acts } = usePhone();
  const [isAsked, setIsAsked] = useState(false);
  const count = me ? openOf(acts, me.id).length : 0;
  if (!isAsked) {
    return (
      <button type="button" className="plain" onClick={() => (count > 0 ? setIsAsked(true) : void signOut())}>
        {t("phone.signOut")}
      </button>
    );
  }
  return (
    <div className="card" role="group" aria-label={t("phone.signOut")}>
      <p>{t("phone.signOutKeeps", { count })}</p>
      <div className="two">
        <button type="button" onClick={() => setIsAsked(false)}>
          {t("phone.stay")}
        </button>
        <button type="button" onClick={() => void signOut()}>
          {t("phone.signOutAnyway")}
        </button>
      </div>
    </div>
  );
}
