/** Promises of a case that nobody has reported yet, or has just begun to report: when each is due, and why. */
import { useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { usePreferences } from "@shared/preferences";
import { useWords } from "@shared/words";
import type { Promised } from "./queries";
import "./promised.css";

export const byDue = (items: Promised[]) =>
  items.filter((each) => each.due_at !== null).toSorted((one, other) => Date.parse(one.due_at ?? "") - Date.parse(other.due_at ?? ""));

/** Those that are armed by now, earliest first; behind them those that something arms later. */
export function PromisedList({ items }: { items: Promised[] }) {
  const { t } = useWords();
  const later = items.filter((each) => each.due_at === null);
  return (
    <div className="promised">
      <ul>
        {byDue(items).map((each) => (
          <One key={each.clause + each.kind} promise={each} />
        ))}
      </ul>
      {later.length > 0 && (
        <details>
          <summary>{t("promised.later", { count: later.length })}</summary>
          <ul>
            {later.map((each) => (
              <One key={each.clause + each.kind} promise={each} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function One({ promise }: { promise: Promised }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <p className="promise">
        <span>
          <b>{promise.kind_name[language]}</b>
          {promise.default && <span className="mark"> {t("ticket.default")}</span>}
          {promise.provisional && <span className="mark"> {t("ticket.provisional")}</span>}
          <button type="button" className="why" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {t("ticket.why")}
            <span className="only-read">{promise.kind_name[language]}</span>
          </button>
        </span>
        {promise.due_at === null ? (
          <span className="soft">
            {promise.armed
              .split(" or ")
              .map((each) => domain(`armed.${each}` as "armed.now", { defaultValue: each }))
              .join(" / ")}
          </span>
        ) : (
          <time dateTime={promise.due_at}>{t("ticket.until", { at: moment(promise.due_at, serverNow()) })}</time>
        )}
      </p>
      {isOpen && <p className="soft">{promise.explanation[language]}</p>}
    </li>
  );
}
