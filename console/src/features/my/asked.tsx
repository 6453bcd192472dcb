/** What waits for an answer of the reader: a card each, with the words that ask and the form that answers. */
import type { Offers } from "@shared/commands/queries";
import type { Ticket } from "@shared/tickets/one";
import { Line } from "@shared/timeline/line";
import { useTimeline } from "@shared/timeline/queries";
import { useWords } from "@shared/words";
import { answersTo, QUESTIONS, stillAsked, type Word } from "./answers";
import { Doing } from "./doing";

interface Given {
  word: Word;
  ticket: Ticket;
  offers: Offers;
}

export function Asked({ word, ticket, offers }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { asks } = QUESTIONS[word];
  const answers = answersTo(word, offers.items);
  const { data } = useTimeline(ticket.number, { happening: [asks], order: "-seq" });
  const entries = stillAsked(word, data?.pages.flatMap(({ items }) => items) ?? [], answers);
  return (
    <Doing title={word === "vendor_case" ? t("my.vendorCase") : domain(`waits_for.${word}`)} of={word} offers={offers} shown={answers}>
      {entries.length > 0 && (
        <ol className="timeline">
          {entries.map((entry) => (
            <Line key={entry.seq} entry={entry} ticket={ticket} />
          ))}
        </ol>
      )}
    </Doing>
  );
}
