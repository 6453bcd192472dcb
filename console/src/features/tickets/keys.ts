/** The keys of the queue. Letters act anywhere on the page, arrows and Enter on the rows. */
import { useMemo, type RefObject } from "react";
import { useKeys, type Binding } from "@shared/keys/keys";
import { useWords } from "@shared/words";
import type { Moves } from "./grid";
import { stepped } from "./window";

interface Given {
  order: readonly string[];
  active: string | undefined;
  setActive: (number: string | undefined) => void;
  open: (number: string) => void;
  apply: () => void;
  select: (number: string, isRange: boolean) => void;
  extend: (from: number, to: number) => void;
  moves: RefObject<Moves | null>;
  isSelecting: boolean;
}

const GRID = ".grid";
const LEAP = 10;

export function useQueueKeys(given: Given): void {
  const { t } = useWords();
  const { order, active, setActive, open, apply, select, extend, moves, isSelecting } = given;
  const mine = useMemo<Binding[]>(() => {
    const place = active === undefined ? -1 : order.indexOf(active);
    const go = (to: number) => {
      setActive(order[to]);
      moves.current?.put(to);
      moves.current?.focus();
    };
    const step = (by: number) => () => order.length > 0 && go(stepped(place, place < 0 ? 1 : by, order.length));
    const range = (by: number) => () => {
      if (order.length === 0) return;
      const to = stepped(place, by, order.length);
      extend(Math.max(place, 0), to);
      go(to);
    };
    const moving: Binding[] = [
      { keys: "j", does: t("queue.keys.down"), run: step(1), repeats: true },
      { keys: "k", does: t("queue.keys.up"), run: step(-1), repeats: true },
      { keys: "ArrowDown", does: t("queue.keys.down"), run: step(1), repeats: true, within: GRID },
      { keys: "ArrowUp", does: t("queue.keys.up"), run: step(-1), repeats: true, within: GRID },
      { keys: "PageDown", does: t("queue.keys.leap"), run: step(LEAP), repeats: true, within: GRID },
      { keys: "PageUp", does: t("queue.keys.leap"), run: step(-LEAP), repeats: true, within: GRID },
      { keys: "Home", does: t("queue.keys.first"), run: step(-order.length), within: GRID },
      { keys: "End", does: t("queue.keys.last"), run: step(order.length), within: GRID },
      { keys: "Enter", does: t("queue.keys.open"), run: () => active !== undefined && open(active), within: GRID },
      { keys: "r", does: t("queue.keys.sort"), run: apply },
      { keys: "f", does: t("queue.keys.filter"), run: focusOnFilter },
    ];
    const selecting: Binding[] = [
      { keys: "x", does: t("queue.keys.select"), run: () => active !== undefined && select(active, false) },
      { keys: "shift+ArrowDown", does: t("queue.keys.range"), run: range(1), repeats: true, within: GRID },
      { keys: "shift+ArrowUp", does: t("queue.keys.range"), run: range(-1), repeats: true, within: GRID },
    ];
    return isSelecting ? [...moving, ...selecting] : moving;
  }, [t, order, active, setActive, open, apply, select, extend, moves, isSelecting]);
  useKeys(mine);
}

/** The first filter; the button of the sheet where there is no room for them. */
function focusOnFilter(): void {
  document.querySelector<HTMLElement>(".filters button, .to-filter")?.focus();
}
