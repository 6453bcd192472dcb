/** The entries of a timeline, page by page. */
import type { Ticket } from "@shared/tickets/one";
import { Bars } from "@shared/ui/bars";
import { More } from "@shared/ui/more";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Line } from "./line";
import { useTimeline, type Asked } from "./queries";

export function Entries({ ticket, asked }: { ticket: Ticket; asked: Asked }) {
  const { t } = useWords();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useTimeline(ticket.number, asked);
  const entries = data?.pages.flatMap(({ items }) => items);
  return (
    <>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={6} />}
      {entries?.length === 0 && <p className="soft">{t("timeline.nothing")}</p>}
      <ol className="timeline">
        {entries?.map((entry) => (
          <Line key={entry.seq} entry={entry} ticket={ticket} />
        ))}
      </ol>
      {hasNextPage && <More read={() => void fetchNextPage()} isComing={isFetchingNextPage} />}
    </>
  );
}
