/** All that happened, each under its number, with the time at which it happened and the one at which it was recorded. */
import { useEffect } from "react";
import { useLocation } from "react-router";
import { second } from "@shared/clock/beijing";
import type { Entry } from "@shared/timeline/entries";
import { useTold } from "@shared/timeline/told";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { useWholeTimeline, type Ticket } from "./queries";

export function Entries({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { hash } = useLocation();
  const { data, error, refetch } = useWholeTimeline(ticket.number);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere && hash !== "") document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isThere, hash]);
  return (
    <section>
      <h2>{t("timeline.title")}</h2>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={8} />}
      <ol className="card audited-entries">
        {data?.map((entry) => (
          <Line key={entry.seq} entry={entry} pack={ticket.pack} />
        ))}
      </ol>
    </section>
  );
}

function Line({ entry, pack }: { entry: Entry; pack: string | null | undefined }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const said = useTold(pack, second)(entry);
  const { seq, happening, actor, at, recorded_at: recorded, claimed_at: claimed, command_id: command } = entry;
  const role = domain(`role.${actor.role}`);
  return (
    <li id={String(seq)}>
      <p className="audited-what">
        <a href={`#${seq}`} aria-label={t("audit.entry", { seq })}>
          {seq}
        </a>
        <time dateTime={at}>{second(at)}</time>
        <b>{domain(`happening.${happening}`)}</b>
        <span>{actor.name ? `${actor.name} ${actor.id ?? ""} · ${role}` : role}</span>
      </p>
      <p className="soft">
        {t("audit.recorded", { at: second(recorded) })}
        {claimed && ` · ${t("audit.claimed", { at: second(claimed) })}`}
        {command && ` · ${t("audit.command", { id: command })}`}
      </p>
      {said.map(({ label, text }) => (
        <p key={`${label}${text}`} className="audited-said" dir="auto">
          {label && <span className="soft">{label} </span>}
          {text}
        </p>
      ))}
    </li>
  );
}
