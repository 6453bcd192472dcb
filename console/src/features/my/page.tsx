/** Where people outside begin: what waits for their answer, and their tickets. */
import { Segmented } from "antd";
import { useState } from "react";
import type { Kind } from "@shared/commands/fields";
import { useSession } from "@shared/session";
import { OPEN, useTickets, type Asked, type Stage } from "@shared/tickets/queries";
import { TicketRow } from "@shared/tickets/row";
import { Waiting } from "@shared/tickets/waiting";
import { Bars } from "@shared/ui/bars";
import { More } from "@shared/ui/more";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { waitingFor } from "./answers";
import { useWaiting } from "./queries";
import "./page.css";

/** What may be asked of customers, as lists can be asked for it. */
const WAITS = ["approval", "remote_grant", "part_agreement", "change_agreement", "change_acceptance", "confirmation"] as const satisfies Asked["waits_for"];

export default function MyPage() {
  const { t } = useWords();
  const session = useSession();
  const may = (kind: Kind) => session.commands.includes(kind);
  return (
    <>
      <h1 className="my-name">{t("home.greeting", { name: session.name })}</h1>
      <div className="my">
        {waitingFor(WAITS, may).length > 0 && <Waits may={may} />}
        <Tickets />
      </div>
    </>
  );
}

const MOST = 100;
/** More than this no list is read at once. */
const AT_ONCE = 1000;

/** That a list goes on, and how to read on; at its longest, that the rest is not shown. */
function Further({ limit, isFetching, read }: { limit: number; isFetching: boolean; read: (limit: number) => void }) {
  const { t } = useWords();
  if (limit >= AT_ONCE) return <p className="soft">{t("my.noMore", { count: AT_ONCE })}</p>;
  return (
    <More read={() => read(limit + MOST)} isComing={isFetching} />
  );
}

function Waits({ may }: { may: (kind: Kind) => boolean }) {
  const { t } = useWords();
  const asked = waitingFor(WAITS, may) as (typeof WAITS)[number][];
  const [limit, setLimit] = useState(MOST);
  const { waiting, hasMore, error, refetch, isFetching } = useWaiting(asked, may, limit);
  return (
    <section className="card few">
      <h2>
        {t("my.waits")} {waiting && waiting.length > 0 && <b>{`${waiting.length}${hasMore ? "+" : ""}`}</b>}
      </h2>
      {error && !waiting && <Trouble error={error} again={() => void refetch()} />}
      {!waiting && !error && <Bars rows={2} />}
      {waiting?.length === 0 && !hasMore && <p className="soft">{t("my.nothingWaits")}</p>}
      <ul>
        {waiting?.map(({ ticket, words }) => (
          <li key={ticket.number}>
            <TicketRow ticket={ticket} />
            <Waiting ticket={ticket} asked={words} />
          </li>
        ))}
      </ul>
      {hasMore && <Further limit={limit} isFetching={isFetching} read={setLimit} />}
    </section>
  );
}

const WHICH = { open: [...OPEN, "resolved"], ended: ["closed"] } satisfies Record<string, Stage[]>;
type Which = keyof typeof WHICH;

function Tickets() {
  const { t } = useWords();
  const [which, setWhich] = useState<Which>("open");
  const [limit, setLimit] = useState(MOST);
  const { data, error, refetch, isFetching } = useTickets({ stage: WHICH[which], sort: "-received_at", limit });
  return (
    <section className="card few">
      <h2>{t("my.tickets")}</h2>
      <Segmented<Which>
        aria-label={t("my.which")}
        value={which}
        onChange={setWhich}
        options={(["open", "ended"] as const).map((value) => ({ value, label: t(`my.of.${value}`) }))}
      />
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={4} />}
      {data?.items.length === 0 && <p className="soft">{t(`my.none.${which}`)}</p>}
      <ul>
        {data?.items.map((ticket) => (
          <li key={ticket.number}>
            <TicketRow ticket={ticket} />
          </li>
        ))}
      </ul>
      {data?.next && <Further limit={limit} isFetching={isFetching} read={setLimit} />}
    </section>
  );
}
