/** A row of the queue. It is drawn anew only where something of it changed: its clock ticks by itself. */
import { memo } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { lateBeside } from "@shared/tickets/late";
import { Level } from "@shared/tickets/level";
import type { TicketLine } from "@shared/tickets/queries";
import { spaced } from "@shared/tickets/number";
import { Clock } from "@shared/tickets/row";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import type { Column } from "./columns";

export interface RowGiven {
  line: TicketLine;
  /** Its place in the list, and how far down that is. */
  place: number;
  columns: readonly Column[];
  top: number;
  isActive: boolean;
  isSelected: boolean;
  isOpen: boolean;
  isGone: boolean;
  /** Nothing is selected where nothing can be done with it. */
  maySelect: boolean;
}

const ROW = "row-";
export const rowId = (number: string) => `${ROW}${number}`;

/** Which row an event is in. What is clicked in rows is heard by the list, once for all. */
export const numberAt = (target: Element) => target.closest(".rows > [role=row]")?.id.slice(ROW.length);

export const Row = memo(function Row(given: RowGiven) {
  const { t } = useWords();
  const { line, place, columns, top, isActive, isSelected, isOpen, isGone, maySelect } = given;
  return (
    // Keys act on the grid, which has the focus.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      id={rowId(line.number)}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={maySelect ? isSelected : undefined}
      aria-current={isOpen || undefined}
      className={`queue-row${isActive ? " active" : ""}${isGone ? " gone" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="pick">
        {maySelect && (
          <button
            type="button"
            tabIndex={-1}
            aria-pressed={isSelected}
            aria-label={t("queue.select", { number: spaced(line.number) })}
          >
            <Box isChecked={isSelected} />
          </button>
        )}
      </span>
      {columns.map((column) => (
        <Cell key={column} column={column} line={line} isGone={isGone} />
      ))}
    </div>
  );
});

interface Told {
  column: Column;
  line: TicketLine;
  isGone: boolean;
}

function Cell({ column, line, isGone }: Told) {
  if (column === "clock") return <span role="gridcell" className={column}><Clock ticket={line} /></span>;
  if (column === "level") return <span role="gridcell" className="level-of">{line.level !== null && <Level pack={line.pack} level={line.level} />}</span>;
  if (column === "title") return <Title line={line} isGone={isGone} />;
  return <Plain column={column} line={line} />;
}

function Plain({ column, line }: { column: Exclude<Column, "clock" | "level" | "title">; line: TicketLine }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  // Hundreds of cells are drawn while somebody scrolls: of each its own text alone is made.
  const texts: Record<typeof column, () => string> = {
    number: () => spaced(line.number),
    customer: () => line.customer.name,
    assignee: () => line.assignee_name ?? line.assignee ?? t("unassigned"),
    stage: () => bare(domain(`stage.${line.stage}`)),
    waits: () => (line.waits_for ?? []).map((each) => domain(`waits_for.${each as "approval"}`)).join(" · "),
    received: () => moment(line.received_at, serverNow()),
  };
  return (
    <span role="gridcell" className={column === "assignee" && line.assignee === null ? "assignee none" : column} dir="auto">
      {texts[column]()}
    </span>
  );
}

function Title({ line, isGone }: { line: TicketLine; isGone: boolean }) {
  const { t } = useWords();
  const late = lateBeside(line, serverNow());
  return (
    <span role="gridcell" className="title" dir="auto">
      {isGone && <span className="mark">{t("queue.gone")} </span>}
      {line.drill && <span className="mark">{t("drill")} </span>}
      {late > 0 && (
        <b className="was-late">
          <span aria-hidden="true">▲</span> {t("queue.lateOf", { count: late })}{" "}
        </b>
      )}
      <a href={`/tickets/${line.number}`} tabIndex={-1} draggable={false}>
        {line.title}
      </a>
    </span>
  );
}

export function Box({ isChecked }: { isChecked: boolean | "some" }) {
  return (
    <svg className="box" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" data-checked={isChecked}>
      <rect x="1" y="1" width="14" height="14" rx="3" />
      {isChecked === true && <path d="m4 8.2 2.8 2.8L12 5.4" />}
      {isChecked === "some" && <path d="M4.5 8h7" />}
    </svg>
  );
}
