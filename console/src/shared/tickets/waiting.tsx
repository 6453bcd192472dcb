/** How long the customer has been asked already, and for what. */
import { left } from "@shared/clock/left";
import { useNow } from "@shared/clock/ticker";
import { useWords } from "@shared/words";
import type { TicketLine } from "./queries";

/** `asked`: these of all that is asked. */
export function Waiting({ ticket, asked = ticket.waits_for ?? [] }: { ticket: TicketLine; asked?: readonly string[] }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const now = useNow();
  if (!ticket.waits_since) return null;
  const { days, hours, minutes } = left(Date.parse(ticket.waits_since), now);
  const said = asked.map((each) => domain(`waits_for.${each as "approval"}`, { defaultValue: each }));
  const since = days > 0 ? t("home.sinceDays", { days }) : hours > 0 ? t("home.sinceHours", { hours, minutes }) : t("home.since", { minutes });
  return (
    <p className="soft waited">
      {said.join(" · ")} {since}
    </p>
  );
}
