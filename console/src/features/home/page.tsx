/** What somebody sees first: what is late, what comes next, what is theirs; in the order in which they act. */
import { Link } from "react-router";
import type { ReactNode } from "react";
import { serverNow } from "@shared/clock/server";
import { useSession } from "@shared/session";
import { OPEN, useCounts, useTickets, type Asked, type TicketLine } from "@shared/tickets/queries";
import { TicketRow } from "@shared/tickets/row";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import "./page.css";

const SHOWN = 6;
const SOON_MS = 30 * 60_000;
const byDue: Asked = { stage: OPEN, sort: "next_due_at", limit: 50 };

export default function HomePage() {
  const { t } = useWords();
  const session = useSession();
  return (
    <>
      <h1 className="greeting">{t("home.greeting", { name: session.name })}</h1>
      {session.may_read ? <Work /> : <p className="card">{t("home.noTickets")}</p>}
    </>
  );
}

function Work() {
  const { t } = useWords();
  const session = useSession();
  const counts = useCounts();
  const all = useTickets(byDue);
  const now = serverNow();
  const due = (all.data?.items ?? []).filter((each) => each.next_due && !each.paused);
  const late = due.filter((each) => Date.parse(each.next_due?.due_at ?? "") < now);
  const soon = due.filter((each) => !late.includes(each) && Date.parse(each.next_due?.due_at ?? "") < now + SOON_MS);
  const mine = (all.data?.items ?? []).filter((each) => each.assignee === session.id);
  if (all.error && !all.data) return <Trouble error={all.error} again={() => void all.refetch()} />;
  if (!all.data) return <Bars rows={4} />;
  return (
    <div className="home">
      <Panel title={t("home.late")} count={late.length} tickets={late} />
      <Panel title={t("home.soon")} count={soon.length} tickets={soon} />
      <Panel title={t("home.mine")} count={mine.length} tickets={mine} />
      <section className="card">
        <Stages stages={counts.data?.stages} />
      </section>
    </div>
  );
}

function Panel({ title, count, tickets }: { title: string; count: number; tickets: TicketLine[] }) {
  const { t } = useWords();
  return (
    <section className="card few">
      <h2>
        {title} <b>{count}</b>
      </h2>
      {tickets.length === 0 ? (
        <p className="soft">{t("home.nothing")}</p>
      ) : (
        <ul>
          {tickets.slice(0, SHOWN).map((ticket) => (
            <li key={ticket.number}>
              <TicketRow ticket={ticket} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Stages({ stages }: { stages: Record<string, number> | undefined }): ReactNode {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <>
      <h2>{t("home.stages")}</h2>
      <ul className="stages">
        {OPEN.concat("resolved").map((stage) => (
          <li key={stage}>
            <Link to={`/tickets?stage=${stage}`}>{domain(`stage.${stage}`)}</Link> <b>{stages?.[stage] ?? 0}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
