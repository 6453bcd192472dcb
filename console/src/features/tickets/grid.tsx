/** The rows of a queue, of which only those are drawn that can be seen. */
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type CSSProperties, type MouseEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import { useNavigate } from "react-router";
import { useWords } from "@shared/words";
import { tracksOf, type Column } from "./columns";
import type { Held } from "./held";
import { Box, numberAt, Row, rowId } from "./row";
import type { Selection } from "./selection";
import { anchored, bringIn, MOST, slotsOf, windowOf } from "./window";

/** How the list is moved from outside. */
export interface Moves {
  /** Where a row stands below the upper edge. */
  offsetOf: (place: number) => number;
  /** Puts a row there, or only into sight. */
  put: (place: number, offset?: number) => void;
  focus: () => void;
}

interface Given {
  held: Held;
  row: number;
  columns: readonly Column[];
  active: string | undefined;
  selection: Selection;
  open: string | undefined;
  onSelect: ((number: string, isRange: boolean) => void) | undefined;
  onSelectAll: () => void;
  onOpen: (number: string) => void;
  /** The last row that is drawn, for what has to be fetched ahead of it. */
  onReach: (to: number, held: Held) => void;
  moves: RefObject<Moves | null>;
}

export function Grid(given: Given) {
  const { t } = useWords();
  const { held, row, columns, active, selection, open, onSelect, onSelectAll, onReach, moves } = given;
  const { area, sight, isPrinted } = useSight(row);
  const count = Math.min(Math.max(held.total ?? 0, held.order.length + (held.cursor === undefined ? 0 : 1)), MOST);
  const { from, to } = isPrinted ? { from: 0, to: held.order.length } : windowOf(sight, count);
  const slots = slotsOf(sight);
  useEffect(() => onReach(to, held), [onReach, to, held]);
  useMoves(moves, area, row);
  const clicks = useClicks(given);

  const drawn = held.order.slice(from, to);
  // The active row stands there even out of sight: whoever reads by ear is on it.
  const place = active === undefined ? -1 : held.order.indexOf(active);
  const places = drawn.map((_, index) => from + index);
  if (place >= 0 && (place < from || place >= to)) places.push(place);
  return (
    <div
      ref={area}
      className="grid"
      role="grid"
      tabIndex={0}
      aria-label={t("menu.tickets")}
      aria-rowcount={held.cursor === undefined ? held.order.length + 1 : (held.total ?? -1)}
      aria-colcount={columns.length + 1}
      style={tracksOf(columns) as CSSProperties}
      aria-multiselectable={onSelect !== undefined}
      aria-activedescendant={place >= 0 && active !== undefined ? rowId(active) : undefined}
    >
      <div role="row" aria-rowindex={1} className="queue-row names">
        <span role="columnheader" className="pick">
          {onSelect ? (
            <button type="button" aria-label={t("queue.selectAll")} aria-pressed={selection.size > 0} onClick={onSelectAll}>
              <Box isChecked={selection.size > 0 && "some"} />
            </button>
          ) : (
            <span className="only-read">{t("queue.selectAll")}</span>
          )}
        </span>
        {columns.map((name) => (
          <span key={name} role="columnheader" className={name}>
            {t(`queue.column.${name}`)}
          </span>
        ))}
      </div>
      {/* Keys act on the grid, which has the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div role="rowgroup" className="rows" style={{ height: (isPrinted ? held.order.length : count) * row }} {...clicks}>
        {places.map((at) => {
          const number = held.order[at];
          const line = number === undefined ? undefined : held.lines.get(number);
          if (line === undefined) return null;
          return (
            <Row
              // A row that leaves the window lends its elements to the one that comes in.
              key={isPrinted || at < from || at >= to ? line.number : at % slots}
              line={line}
              place={at}
              columns={columns}
              top={at * row}
              isActive={line.number === active}
              isSelected={selection.has(line.number)}
              isOpen={line.number === open}
              isGone={held.gone.has(line.number)}
              maySelect={onSelect !== undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

const PICKS = ".pick button";

/** Heard by the list for all of its rows. A click with a key held or the middle button is the browser's: another tab. */
function useClicks({ onSelect, onOpen }: Pick<Given, "onSelect" | "onOpen">) {
  const navigate = useNavigate();
  const onClick = (event: MouseEvent) => {
    const target = event.target as Element;
    const number = numberAt(target);
    if (number === undefined) return;
    if (target.closest(PICKS)) return onSelect?.(number, event.shiftKey);
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const link = target.closest("a");
    if (link) void navigate(link.pathname);
    else onOpen(number);
  };
  return { onClick, onMouseDown: keepFocus };
}

/** Whoever selects by mouse goes on by keys: the focus stays on the grid. */
function keepFocus(event: MouseEvent): void {
  if ((event.target as Element).closest(PICKS)) event.preventDefault();
}

/** What can be seen of the area, to the row. */
function useSight(row: number) {
  const area = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 0 });
  const [isPrinted, setIsPrinted] = useState(false);
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    const look = () => {
      const next = { top: Math.floor(element.scrollTop / row) * row, height: element.clientHeight };
      setSeen((before) => (before.top === next.top && before.height === next.height ? before : next));
    };
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [row]);
  useEffect(() => {
    // On paper stand all rows that were read.
    const [begin, end] = [() => flushSync(() => setIsPrinted(true)), () => setIsPrinted(false)];
    addEventListener("beforeprint", begin);
    addEventListener("afterprint", end);
    return () => {
      removeEventListener("beforeprint", begin);
      removeEventListener("afterprint", end);
    };
  }, []);
  return { area, sight: { ...seen, row }, isPrinted };
}

function useMoves(moves: RefObject<Moves | null>, area: RefObject<HTMLDivElement | null>, row: number): void {
  useImperativeHandle(
    moves,
    () => ({
      offsetOf: (place) => place * row - (area.current?.scrollTop ?? 0),
      put: (place, offset) => {
        const element = area.current;
        if (element === null) return;
        const names = element.querySelector<HTMLElement>(".names")?.offsetHeight ?? 0;
        const sight = { top: element.scrollTop, height: element.clientHeight - names, row };
        element.scrollTop = offset === undefined ? bringIn(place, sight) : anchored(place, offset, row);
      },
      focus: () => area.current?.focus({ preventScroll: true }),
    }),
    [area, row],
  );
}
