/** The stages, from the call to the archive, and where the ticket stands. */
import type { Ticket } from "@shared/tickets/one";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";

const STAGES: Ticket["stage"][] = [
  "triage",
  "phone",
  "remote",
  "onsite",
  "expert",
  "vendor",
  "emergency",
  "resolved",
  "closed",
];

export function Ladder({ stage }: { stage: Ticket["stage"] }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <ol className="ladder" aria-label={t("ticket.stages")}>
      {STAGES.map((each) => (
        <li key={each} aria-current={each === stage ? "step" : undefined}>
          {bare(domain(`stage.${each}`))}
        </li>
      ))}
    </ol>
  );
}
