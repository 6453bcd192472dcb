/** The queue: what is asked for stands in the address, so that a colleague sees the same. */
import { Button, Segmented } from "antd";
import { useSearchParams } from "react-router";
import { useSession } from "@shared/session";
import { OPEN, useTickets, type Asked, type Stage } from "@shared/tickets/queries";
import { TicketRow } from "@shared/tickets/row";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import "./page.css";

const PAGE = 200;
const VIEWS = ["open", "mine", "resolved", "all"] as const;
/** With one of these the address asks for something of its own. */
const FILTERS = ["stage", "text", "customer"] as const;
type View = (typeof VIEWS)[number];

/** What the API is asked, from what stands in the address. */
export function askedBy(address: URLSearchParams, person: string): Asked {
  const view = (address.get("view") ?? (FILTERS.some((name) => address.has(name)) ? "all" : "open")) as View;
  const stages = address.getAll("stage") as Stage[];
  const of: Record<View, Asked> = {
    open: { stage: OPEN, sort: "next_due_at" },
    mine: { stage: OPEN, sort: "next_due_at", assignee: person },
    resolved: { stage: ["resolved"], sort: "-received_at" },
    all: { sort: "-received_at" },
  };
  const text = address.get("text")?.trim();
  const customer = address.get("customer");
  return {
    ...(of[view] ?? of.open),
    ...(stages.length > 0 && { stage: stages }),
    ...(text && { text }),
    ...(customer && { customer }),
    limit: PAGE,
  };
}

export default function TicketsPage() {
  const { t } = useWords();
  const session = useSession();
  const [address, setAddress] = useSearchParams();
  const found = useTickets(askedBy(address, session.id));
  const isFiltered = FILTERS.some((name) => address.has(name));
  const view = isFiltered ? "" : (address.get("view") ?? "open");
  const items = found.data?.items;
  return (
    <>
      <div className="queue-head">
        <h1>{t("menu.tickets")}</h1>
        <Segmented<string>
          value={view}
          onChange={(chosen) => setAddress(chosen === "open" ? {} : { view: chosen })}
          options={VIEWS.map((value) => ({ value, label: t(`queue.${value}`) }))}
        />
        {isFiltered && (
          <Button onClick={() => setAddress({})}>
            {t("queue.clear")} {address.get("text") ?? ""}
          </Button>
        )}
        <span className="soft" role="status">
          {items && t(found.data?.next ? "queue.many" : "queue.count", { count: items.length })}
        </span>
      </div>
      {found.error && !items && <Trouble error={found.error} again={() => void found.refetch()} />}
      {!items && !found.error && <Bars rows={8} />}
      {items?.length === 0 && <p className="card">{t(isFiltered ? "queue.noMatch" : "home.nothing")}</p>}
      {items && items.length > 0 && (
        <ul className="tickets">
          {items.map((ticket) => (
            <li key={ticket.number}>
              <TicketRow ticket={ticket} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
