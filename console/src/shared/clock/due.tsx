/** A promise's clock: icon, word and colour; screen readers get the minute. */
import { moment } from "./beijing";
import { serverNow } from "./server";
import { useNow } from "./ticker";
import { left } from "./left";
import { Sign } from "@shared/ui/gravity";
import { useWords } from "@shared/words";
import "./due.css";

export function Due({ at, promise }: { at: string; promise: string }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const told = left(Date.parse(at), useNow());
  // A key of several parts names behind the kind its clause, or since when it runs.
  const kind = promise.split(/[:@]/)[0] ?? promise;
  return (
    <span className={`due ${told.gravity}`}>
      <Sign of={told.gravity} />
      {t(`left.${told.says}`, { days: told.days, hours: told.hours, minutes: told.minutes, clock: told.clock })}{" "}
      <span className="of">{domain(`kind.${kind as "respond"}`, { defaultValue: kind })}</span>
    </span>
  );
}

/** Of a promise that was not kept in its time: how long ago that was tells nothing once nobody can keep it any more. */
export function NotKept() {
  const { t } = useWords();
  return (
    <span className="due late">
      <Sign of="late" />
      {t("notKept")}
    </span>
  );
}

/** `until`: when it ends by itself; in brief it is a sign beside a clock that runs. */
export function Stopped({ why, until, isBrief = false }: { why: string; until?: string | null | undefined; isBrief?: boolean }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <span className="due stopped">
      <Sign of="stopped" />
      <span className={isBrief ? "only-read" : ""}>
        {t("paused")} {domain(`pause.${why as "customer"}`, { defaultValue: why })}
      </span>
      {until && <span className="of"> {t("pausedUntil", { at: moment(until, serverNow()) })}</span>}
    </span>
  );
}
