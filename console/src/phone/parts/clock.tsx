/** What is left of a promise: sign, word and colour. */
import { left } from "@shared/clock/left";
import { useNow } from "@shared/clock/ticker";
import { Sign } from "@shared/ui/gravity";
import { named, t } from "../words";
import "@shared/clock/due.css";

export function Clock({ at, promise }: { at: string; promise: string }) {
  const { gravity, says, days, hours, minutes, clock } = left(Date.parse(at), useNow());
  return (
    <span className={`due ${gravity}`}>
      <Sign of={gravity} />
      {t(`left.${says}`, { days, hours, minutes, clock })} {named("kind", promise.split(/[:@]/)[0] ?? promise)}
    </span>
  );
}

/** Of a promise that stands still: nobody can say what is left of it. */
export function Stopped({ promise, why }: { promise: string; why: string | null | undefined }) {
  return (
    <span className="due stopped">
      <Sign of="stopped" />
      {t("paused")} {why && `${named("pause", why)} `}
      {named("kind", promise)}
    </span>
  );
}
