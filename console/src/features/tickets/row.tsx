/** A row of the queue. It is drawn anew only where something of it changed: its clock ticks by itself. */
import { memo, type MouseEvent } from "react";
import { Link } from "react-router";
import type { TicketLine } from "@shared/tickets/queries";
import { Level } from "@shared/tickets/level";
import { Clock, spaced } from "@shared/tickets/row";
import { useWords } from "@shared/words";

export interface RowGiven {
  line: TicketLine;
  /** Its place in the list, and how far down that is. */
  place: number;
  top: number;
  isActive: boolean;
  isSelected: boolean;
  isOpen: boolean;
  isGone: boolean;
  /** Nothing is selected where nothing can be done with it. */
  onSelect: ((number: string, isRange: boolean) => void) | undefined;
  onOpen: (number: string) => void;
}

export const rowId = (number: string) => `row-${number}`;

export const Row = memo(function Row(given: RowGiven) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { line, place, top, isActive, isSelected, isOpen, isGone, onSelect, onOpen } = given;
  const open = (event: MouseEvent) => {
    // A click with Ctrl, Shift or the middle button is the browser's: another tab.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    onOpen(line.number);
  };
  return (
    // Keys act on the grid, which has the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={rowId(line.number)}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={onSelect ? isSelected : undefined}
      aria-current={isOpen || undefined}
      className={`queue-row${isActive ? " active" : ""}${isGone ? " gone" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
    >
      <span role="gridcell" className="pick">
        {onSelect && (
          <button
            type="button"
            tabIndex={-1}
            aria-pressed={isSelected}
            aria-label={t("queue.select", { number: spaced(line.number) })}
            onMouseDown={(event) => event.preventDefault()}
            onClick={(event) => {
              event.stopPropagation();
              onSelect(line.number, event.shiftKey);
            }}
          >
            <Box isChecked={isSelected} />
          </button>
        )}
      </span>
      <span role="gridcell" className="number">
        {spaced(line.number)}
      </span>
      <span role="gridcell" className="clock">
        <Clock ticket={line} />
      </span>
      <span role="gridcell" className="level-of">
        {line.level !== null && <Level pack={line.pack} level={line.level} />}
      </span>
      <span role="gridcell" className="title" dir="auto">
        {isGone && <span className="mark">{t("queue.gone")} </span>}
        {line.drill && <span className="mark">{t("drill")} </span>}
        <Link to={`/tickets/${line.number}`} tabIndex={-1} draggable={false}>
          {line.title}
        </Link>
      </span>
      <span role="gridcell" className="customer" dir="auto">
        {line.customer.name}
      </span>
      <span role="gridcell" className={line.assignee === null ? "assignee none" : "assignee"} dir="auto">
        {line.assignee_name ?? line.assignee ?? t("unassigned")}
      </span>
      <span role="gridcell" className="stage">
        {domain(`stage.${line.stage}`)}
      </span>
    </div>
  );
});

export function Box({ isChecked }: { isChecked: boolean | "some" }) {
  return (
    <svg className="box" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" data-checked={isChecked}>
      <rect x="1" y="1" width="14" height="14" rx="3" />
      {isChecked === true && <path d="m4 8.2 2.8 2.8L12 5.4" />}
      {isChecked === "some" && <path d="M4.5 8h7" />}
    </svg>
  );
}
