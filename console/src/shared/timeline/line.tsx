/** A line of a timeline: what happened, by whom and when, with the words and the files that go with it. */
import { isShown } from "@shared/attachments/kinds";
import { addressOf, useAttachments } from "@shared/attachments/queries";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { isOutside } from "@shared/session";
import type { Ticket } from "@shared/tickets/one";
import { useWords } from "@shared/words";
import { isAlarm, type Entry } from "./entries";
import { useTold } from "./told";

const TOLD_LATE_MS = 60_000;

function kindOf(entry: Entry): string {
  if (entry.happening === "command_refused") return "was-refused";
  if (isAlarm(entry)) return "alarm";
  return entry.happening === "noted" && !isOutside(entry.actor) ? "inner" : "";
}

export function Line({ entry, ticket }: { entry: Entry; ticket: Ticket }) {
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
      {files.map(({ id, name, media_type: type, erased }) => (
        <a key={id} href={erased ? undefined : addressOf(number, id, isShown(type))} target="_blank" rel="noopener noreferrer" dir="auto">
          {name}
          {erased && <span className="mark"> {t("files.erased")}</span>}{" "}
        </a>
      ))}
    </p>
  );
}
