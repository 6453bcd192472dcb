/** What somebody sees first: what is late, what comes next, what is theirs, what waits; in the order in which they act. */
import { Link } from "react-router";
import { useSession } from "@shared/session";
import { Level } from "@shared/tickets/level";
import { OPEN, shown, useCounts, useStages, useTickets, type TicketLine } from "@shared/tickets/queries";
import { KeptLinks } from "@shared/tickets/kept-links";
import { TicketRow } from "@shared/tickets/row";
import { useKeptViews } from "@shared/tickets/views";
import { Waiting } from "@shared/tickets/waiting";
import { Bars } from "@shared/ui/bars";
import { useIsNarrow } from "@shared/ui/media";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { Calls } from "./calls";
import { Mails } from "./mails";
import { panelsOf, type Panel } from "./panels";
import "./page.css";

const SHOWN = 6;

export default function HomePage() {
  const { t } = useWords();
  const session = useSession();
  return (
    <>
      <h1 className="greeting">{t("home.greeting", { name: session.name })}</h1>
      <Work />
    </>
  );
}

function Lines({ tickets, isWaiting }: { tickets: TicketLine[]; isWaiting?: boolean | undefined }) {
  return (
    <ul>
      {tickets.map((ticket) => (
        <li key={ticket.number}>
          <TicketRow ticket={ticket} />
          {isWaiting && <Waiting ticket={ticket} />}
        </li>
      ))}
    </ul>
  );
}

function Work() {
  const { role, may_open } = useSession();
  const panels = panelsOf(role);
  const counts = useCounts(Object.fromEntries(panels.map(({ id, asked }) => [id, asked])));
  const levels = counts.data?.open;
  if (counts.error && !counts.data) return <Trouble error={counts.error} again={() => void counts.refetch()} />;
  return (
    <div className="home">
      {may_open && <Calls />}
      {may_open && <Mails />}
      {panels.map((panel) => (
        <Few key={panel.id} panel={panel} count={counts.data?.views[panel.id]} />
      ))}
      <Kept />
      <section className="card">
        <Stages />
      </section>
      {levels && levels.length > 0 && (
        <section className="card">
          <Levels levels={levels} />
        </section>
      )}
    </div>
  );
}

/** Where the menu has no room for them. */
function Kept() {
  const { t } = useWords();
  const views = useKeptViews();
  if (!useIsNarrow() || !views.some(({ own, to }) => own && to !== undefined)) return null;
  return (
    <section className="card">
      <h2>{t("views.name")}</h2>
      <KeptLinks />
    </section>
  );
}

function Few({ panel, count }: { panel: Panel; count: { count: number; exact: boolean } | undefined }) {
  const { t } = useWords();
  const tickets = useTickets({ ...panel.asked, limit: SHOWN });
  const items = tickets.data?.items;
  return (
    <section className="card few">
      <h2>
        <Link to={`/tickets?${panel.address}`}>{t(`home.${panel.id}`)}</Link>
        <b className={panel.id === "late" && count && count.count > 0 ? "pressing" : ""}>{count ? shown(count) : ""}</b>
      </h2>
      {tickets.error && !items && <Trouble error={tickets.error} again={() => void tickets.refetch()} />}
      {!items && !tickets.error && <Bars rows={2} />}
      {items?.length === 0 && <p className="soft">{t(`home.none.${panel.id}`)}</p>}
      {items && <Lines tickets={items} isWaiting={panel.isWaiting} />}
    </section>
  );
}

function Levels({ levels }: { levels: { pack: string | null; level: string | null; tickets: number }[] }) {
  const { t } = useWords();
  return (
    <>
      <h2>{t("home.levels")}</h2>
      <ul className="stages">
        {levels.map(({ pack, level, tickets }) => (
          <li key={`${pack} ${level}`}>
            {level === null || pack === null ? (
              <span>{t("home.unclassified")}</span>
            ) : (
              <Link to={`/tickets?view=open&level=${pack}:${level}`}>
                <Level pack={pack} level={level} />
              </Link>
            )}{" "}
            <b>{tickets}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

function Stages() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const stages = useStages().data?.stages;
  return (
    <>
      <h2>{t("home.stages")}</h2>
      <ul className="stages">
        {OPEN.concat("resolved").map((stage) => (
          <li key={stage}>
            <Link to={`/tickets?stage=${stage}`}>{bare(domain(`stage.${stage}`))}</Link> <b>{stages?.[stage] ?? 0}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
