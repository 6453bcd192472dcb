/** What is due next, by itself in its order: the one list of the console that is. */
import { Due, Stopped } from "@shared/clock/due";
import { usePreferences } from "@shared/preferences";
import { HasIt } from "@shared/tickets/has-it";
import { spaced } from "@shared/tickets/number";
import { useWords } from "@shared/words";
import type { Wall } from "./queries";

export function Rows({ wall: { next } }: { wall: Wall }) {
  const { t } = useWords();
  const { language } = usePreferences();
  if (next.length === 0) return <p className="wall-none">{t("wall.none")}</p>;
  return (
    <ol className="wall-rows">
      {next.map(({ number, title, customer, level, assignee, paused, next_due: due, call }) => (
        <li key={number}>
          <span>
            {due && <Due at={due.due_at} promise={due.key} />}
            {!due && paused !== null && <Stopped why={paused} />}
            {!due && paused === null && "—"}
          </span>
          <span className="wall-number">{spaced(number)}</span>
          <span className="wall-level">{level?.[language] ?? t("home.unclassified")}</span>
          <span className="wall-customer" dir="auto">
            {customer}
          </span>
          <span className="wall-title" dir="auto">
            {title}
          </span>
          <span className={assignee === null ? "wall-nobody" : undefined}>
            {assignee ?? t("unassigned")}
            {call && <HasIt call={call} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
