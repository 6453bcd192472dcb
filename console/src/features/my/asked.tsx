/** What waits for an answer of the reader: a card each, with the words that ask and the form that answers. */
import type { Offers } from "@shared/commands/queries";
import type { Ticket } from "@shared/tickets/one";
import type { Entry } from "@shared/timeline/entries";
import { Line } from "@shared/timeline/line";
import { useTimeline } from "@shared/timeline/queries";
import { useIsNarrow } from "@shared/ui/media";
import { useWords } from "@shared/words";
import { Along } from "./along";
import { answersTo, QUESTIONS, stillAsked, type Question, type Word } from "./answers";
import { Doing } from "./doing";

interface Given {
  word: Word;
  ticket: Ticket;
  offers: Offers;
}

/** Which of what is asked the reader may take along: an application always, else what the API offers them a link for. */
function alongs(word: Word, { items }: Offers, entries: readonly Entry[]): (string | undefined)[] {
  const { of }: Question = QUESTIONS[word];
  const choices = items.find(({ kind, possible }) => kind === "hand_link" && possible)?.needs.choices["asked"] ?? [];
  if (word !== "approval" && !choices.some(({ value, possible }) => value === word && possible)) return [];
  return of === undefined ? [undefined] : entries.map(({ data }) => data[of] as string);
}

export function Asked({ word, ticket, offers }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { asks } = QUESTIONS[word];
  const answers = answersTo(word, offers.items);
  const { data } = useTimeline(ticket.number, { happening: [asks], order: "-seq" });
  const isOnAPhone = useIsNarrow();
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
      {!isOnAPhone && alongs(word, offers, entries).map((about) => <Along key={about ?? word} number={ticket.number} word={word} about={about} />)}
    </Doing>
  );
}
