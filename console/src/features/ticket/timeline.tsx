/** Everything that happened, by whom and when; what was refused, too. */
import { Button, Segmented, Select } from "antd";
import { useMemo, useRef, useState } from "react";
import { isShown } from "@shared/attachments/kinds";
import { addressOf, useAttachments } from "@shared/attachments/queries";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useKeys, type Binding } from "@shared/keys/keys";
import { isAlarm, type Entry } from "@shared/timeline/entries";
import { useTold } from "@shared/timeline/told";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { useTimeline, type Order, type Ticket, type Which } from "./queries";

const WHICH: Which[] = ["all", "told", "alarms", "refused"];

export function Timeline({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const [which, setWhich] = useState<Which>("all");
  const [order, setOrder] = useState<Order>("-seq");
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useTimeline(ticket.number, which, order);
  const entries = data?.pages.flatMap(({ items }) => items);
  const head = useRef<HTMLHeadingElement>(null);
  useKeys(
    useMemo<Binding[]>(() => [{ keys: "t", does: t("timeline.keys"), run: () => head.current?.focus() }], [t]),
  );
  return (
    <section className="card">
      <div className="timeline-head">
        <h2 ref={head} tabIndex={-1}>
          {t("timeline.title")}
        </h2>
        <Segmented<Which>
          aria-label={t("timeline.which")}
          size="small"
          value={which}
          onChange={setWhich}
          options={WHICH.map((value) => ({ value, label: t(`timeline.${value}`) }))}
        />
        <Select<Order>
          aria-label={t("timeline.order")}
          size="small"
          value={order}
          onChange={setOrder}
          options={[
            { value: "-seq", label: t("timeline.newest") },
            { value: "seq", label: t("timeline.oldest") },
          ]}
        />
      </div>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={6} />}
      {entries?.length === 0 && <p className="soft">{t("timeline.nothing")}</p>}
      <ol className="timeline">
        {entries?.map((entry) => (
          <Line key={entry.seq} entry={entry} ticket={ticket} />
        ))}
      </ol>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("timeline.more")}
        </Button>
      )}
    </section>
  );
}

const OUTSIDE: ReadonlySet<string> = new Set(["customer_contact", "customer_approver", "vendor"]);
const TOLD_LATE_MS = 60_000;

function kindOf(entry: Entry): string {
  if (entry.happening === "command_refused") return "was-refused";
  if (isAlarm(entry)) return "alarm";
  return entry.happening === "noted" && !OUTSIDE.has(entry.actor.role) ? "inner" : "";
}

function Line({ entry, ticket }: { entry: Entry; ticket: Ticket }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const said = useTold(ticket.pack)(entry);
  const { actor, at, recorded_at: recorded } = entry;
  const kind = kindOf(entry);
  const isLate = actor.role !== "system" && Date.parse(recorded) - Date.parse(at) > TOLD_LATE_MS;
  const role = domain(`role.${actor.role}`);
  return (
    <li className={kind} id={`entry-${entry.seq}`}>
      <p className="what">
        <time dateTime={at}>{moment(at, serverNow())}</time>
        <b>{domain(`happening.${entry.happening}`)}</b>
        <span className="soft">{actor.name ? `${actor.name} · ${role}` : role}</span>
        {kind === "inner" && <span className="mark">{t("act.oursOnly")}</span>}
        {isLate && <span className="soft">{t("entry.late", { at: moment(recorded, serverNow()) })}</span>}
      </p>
      <Files ids={(entry.data["attachments"] as string[] | undefined) ?? []} number={ticket.number} />
      {said.map(({ label, text }) => (
        <p key={`${label}${text}`} className="said" dir="auto">
          {label && <span className="soft">{label} </span>}
          {text}
        </p>
      ))}
    </li>
  );
}

/** What was brought with it, by name where the reader sees it. */
function Files({ ids, number }: { ids: string[]; number: string }) {
  const { t } = useWords();
  const { data } = useAttachments(number);
  if (ids.length === 0) return null;
  const files = data?.pages.flatMap(({ items }) => items).filter(({ id }) => ids.includes(id)) ?? [];
  return (
    <p className="said">
      <span className="soft">{t("files.title")} </span>
      {files.length === 0 && ids.length}
      {files.map(({ id, name, media_type: type }) => (
        <a key={id} href={addressOf(number, id, isShown(type))} target="_blank" rel="noopener noreferrer" dir="auto">
          {name}{" "}
        </a>
      ))}
    </p>
  );
}
