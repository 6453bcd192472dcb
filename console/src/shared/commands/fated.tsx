/** What became of what was sent: said in words, with what can be done now. */
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import type { Kind, Offer } from "./fields";
import type { Fate } from "./delivering";
import { Opening } from "./why-not";

interface Given {
  fate: Fate;
  offer: Offer;
  hasMoved: boolean;
  has: (kind: string) => boolean;
  onOpen: (kind: Kind) => void;
}

export function Fated({ fate, offer, hasMoved, has, onOpen }: Given) {
  const { t } = useWords();
  return (
    <div className="fated">
      {hasMoved && fate.is === "open" && <p className="soft">{t("act.moved")}</p>}
      {fate.is === "open" && !offer.possible && <Opening offer={offer} has={has} onOpen={onOpen} />}
      <div role="status">
        {fate.is === "pending" && t("act.pending")}
        {fate.is === "unknown" && (fate.says ? t("act.unknownSince", { why: fate.says }) : t("act.unknown"))}
      </div>
      <div role="alert">
        {fate.is === "refused" && (
          <p className="refused">
            {fate.reason === "stale" ? t("act.stale") : t("act.refused", { detail: plainly(fate.says) })}
          </p>
        )}
        {fate.is === "wrong" && <Wrong problem={fate.problem} />}
      </div>
      {fate.is === "refused" && !offer.possible && offer.reason === fate.reason && <Opening offer={offer} has={has} onOpen={onOpen} silent />}
    </div>
  );
}

/** What is wrong at a field is said there; here the rest. */
function Wrong({ problem }: { problem: Extract<Fate, { is: "wrong" }>["problem"] }) {
  const { t } = useWords();
  const errors = problem.told.errors ?? [];
  const says = problem.status === 429 ? t("act.tooMany", { seconds: problem.retryAfter ?? 60 }) : problem.message;
  return (
    <p className="refused">
      {says}
      {errors.map(({ field, message }) => (
        <span key={field} className="only-read">
          {message}
        </span>
      ))}
    </p>
  );
}
