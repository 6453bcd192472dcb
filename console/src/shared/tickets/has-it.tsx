/** Who answers for a ticket that calls for somebody, or since when nobody does. */
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import type { components } from "@shared/api/schema";
import { useWords } from "@shared/words";
import "./has-it.css";

export type Call = components["schemas"]["CallShown"];

export function HasIt({ call }: { call: Call }) {
  const { t } = useWords();
  if (call.answered_by === null) return <b className="has-it nobody">{t("call.nobody", { since: moment(call.since, serverNow()) })}</b>;
  return (
    <span className="has-it" dir="auto">
      {t("call.answered", { name: call.answered_by_name ?? call.answered_by })}
    </span>
  );
}
