/** A ticket as people outside have it: what they are asked, what they were promised, how far it is. */
import { useParams } from "react-router";
import { Attachments } from "@shared/attachments/list";
import { useOffers } from "@shared/commands/queries";
import { IssuedLinks } from "@shared/links/issued";
import { usePreferences } from "@shared/preferences";
import { useSession } from "@shared/session";
import { TicketHead } from "@shared/tickets/head";
import { usePacks } from "@shared/tickets/levels";
import { useTicket, type Ticket } from "@shared/tickets/one";
import { Promises } from "@shared/tickets/promises";
import { Report } from "@shared/tickets/report";
import { Entries } from "@shared/timeline/list";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { answersTo, beside, waitingFor } from "./answers";
import { Asked } from "./asked";
import { Doing } from "./doing";
import { Overtaken } from "./overtaken";
import "@shared/tickets/one.css";

export default function MyTicketPage() {
  const { number = "" } = useParams();
  const ticket = useTicket(number.toUpperCase());
  if (ticket.error && !ticket.data) return <Trouble error={ticket.error} again={() => void ticket.refetch()} />;
  if (!ticket.data) return <Bars rows={6} />;
  return <One key={ticket.data.number} ticket={ticket.data} />;
}

function One({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const mayAdd = useSession().commands.length > 0;
  return (
    <article className="one">
      <TicketHead ticket={ticket}>
        <p className="soft">{[bare(domain(`stage.${ticket.stage}`)), ticket.assignee_name && t("my.inCharge", { name: ticket.assignee_name })].filter(Boolean).join(" · ")}</p>
      </TicketHead>
      {!ticket.projected && <p role="status">{t("ticket.beginning")}</p>}
      <div className="columns">
        <div className="column">
          {ticket.projected && <Theirs ticket={ticket} />}
          {ticket.projected && <IssuedLinks number={ticket.number} />}
          {isPromised(ticket) && <Promises ticket={ticket} />}
          {ticket.projected && (
            <section className="card">
              <h2>{t("my.progress")}</h2>
              <Entries ticket={ticket} asked={{ happening: [], order: "-seq" }} />
            </section>
          )}
        </div>
        <div className="column">
          <Report ticket={ticket} />
          <Attachments number={ticket.number} mayAdd={mayAdd} />
          <Complaint ticket={ticket} />
        </div>
      </div>
    </article>
  );
}

/** Promises are the customer's; a vendor is told nothing of the contract. */
const isPromised = ({ contract }: Ticket) => contract !== undefined;

/** What the reader is asked, and what else they may do. */
function Theirs({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { data, error, refetch } = useOffers(ticket.number);
  if (error && !data) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Bars rows={3} />;
  const words = waitingFor(ticket.waits_for ?? ["vendor_case"], (kind) => data.items.some((each) => each.kind === kind && each.possible));
  const more = beside(data.items, words);
  const isThere = (kind: string, of: string | null) =>
    words.some((word) => (of ?? word) === word && answersTo(word, data.items).some((each) => each.kind === kind)) || more.some((each) => each.kind === kind);
  return (
    <>
      <Overtaken number={ticket.number} isThere={isThere} />
      {words.map((word) => (
        <Asked key={word} word={word} ticket={ticket} offers={data} />
      ))}
      {more.length > 0 && <Doing title={t("my.more")} offers={data} shown={more} isEven />}
    </>
  );
}

/** Until a complaint is a thing of its own it is made by telephone. */
function Complaint({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const hotlines = usePacks().data?.items.find(({ id }) => id === ticket.pack)?.hotlines ?? [];
  if (hotlines.length === 0) return null;
  return (
    <section className="card">
      <h2>{t("my.complaint")}</h2>
      <ul>
        {hotlines.map((hotline) => (
          <li key={hotline.number}>
            {hotline[language]} <a href={`tel:${hotline.number}`}>{hotline.number}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
