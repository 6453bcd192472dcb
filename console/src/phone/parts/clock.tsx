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
