/** Why a command is not possible now, what would open it, and whose that is. */
import { usePreferences } from "@shared/preferences";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import type { Kind, Offer } from "./fields";

interface Given {
  offer: Offer;
  /** Whether the reader has a command: of others they only read. */
  has: (kind: string) => boolean;
  onOpen: (kind: Kind) => void;
  /** The reason stands there already. */
  silent?: boolean;
}

export function Opening({ offer, has, onOpen, silent }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const opens = offer.opened_by ?? [];
  return (
    <p className="why-not">
      {!silent && <span>{plainly(offer.detail?.[language] ?? "")}</span>}
      {opens.length > 0 && (
        <span>
          {" "}
          {t("act.opens")}
          {opens.map((kind) =>
            has(kind) ? (
              <button key={kind} type="button" className="link" onClick={() => onOpen(kind as Kind)}>
                {domain(`command.${kind}`)}
              </button>
            ) : (
              <span key={kind}>{domain(`command.${kind}`)}</span>
            ),
          )}
        </span>
      )}
      {offer.of && !opens.some(has) && <span className="soft"> {t("act.of", { who: offer.of[language] })}</span>}
    </p>
  );
}
