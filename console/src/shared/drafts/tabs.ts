/** Drafts of one place in several tabs: each tab that somebody types in keeps its own, and none writes over another's. */
import { dropDraft, keepDraft, readDraft, tabsOf } from "./drafts";

/** Ids by what a browser has on plain HTTP too. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** This tab's own; a tab that has none goes on with what was left. */
function whichOf(place: string): string {
  const [own, left] = [sessionStorage.getItem(place), tabsOf(place)];
  return [own, place].find((each) => each !== null && left.includes(each)) ?? left[0] ?? own ?? place;
}

export function tabDraft<T>(place: string) {
  let key = whichOf(place);
  return {
    read: () => readDraft<T>(key),
    keep: (holds: T) => keepDraft(key, holds),
    drop: () => dropDraft(key),
    /** Whether this tab's stands there: it has been written over, or is done with, where another tab says so. */
    isKeptUnder: (one: string | null) => one === key,
    /** From now on this tab has a place of its own. */
    part: () => {
      key = `${place}~${newKey()}`;
      sessionStorage.setItem(place, key);
    },
  };
}
