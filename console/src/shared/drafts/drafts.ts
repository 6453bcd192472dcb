/**
 * What somebody typed and has not sent: kept in this browser until it is sent or given up, for them alone.
 * Written at once and not in the background, so that a page that is killed loses nothing.
 */
const BEFORE = "draft/";
const KEPT_MS = 7 * 24 * 3600 * 1000;

export interface Draft<T> {
  saved: number;
  holds: T;
}

/** Of a person, a place such as a ticket's number, and what is filled in there. */
export const draftKey = (person: string, place: string, what: string) => `${BEFORE}${person}/${place}/${what}`;

function parsed<T>(text: string | null): Draft<T> | undefined {
  if (text === null) return undefined;
  try {
    const draft = JSON.parse(text) as Draft<T>;
    return Date.now() - draft.saved < KEPT_MS ? draft : undefined;
  } catch {
    return undefined;
  }
}

export const readDraft = <T>(key: string) => parsed<T>(localStorage.getItem(key));

/** Whether it is kept: a browser that is full, or keeps nothing, says no. */
export function keepDraft<T>(key: string, holds: T): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ saved: Date.now(), holds } satisfies Draft<T>));
    return true;
  } catch {
    return false;
  }
}

export const dropDraft = (key: string) => localStorage.removeItem(key);

/** What somebody has begun in a place, in whichever tab. */
export function begun(person: string, place: string): Set<string> {
  const start = draftKey(person, place, "");
  return new Set(keys().flatMap((key) => (key.startsWith(start) && readDraft(key) ? [key.slice(start.length).split("~")[0] ?? ""] : [])));
}

/** The drafts of the same that tabs have each for themselves. */
export const tabsOf = (key: string) => keys().filter((each) => (each === key || each.startsWith(`${key}~`)) && readDraft(each) !== undefined);

/** How many drafts of somebody are kept here. */
export const draftsOf = (person: string) => keys().filter((key) => key.startsWith(`${BEFORE}${person}/`) && readDraft(key)).length;

/** What somebody leaves behind goes with them: others work at this browser too. */
export function dropDraftsOf(person: string): void {
  for (const key of keys()) if (key.startsWith(`${BEFORE}${person}/`)) dropDraft(key);
}

/** Hears of drafts that other tabs write and drop. */
export function onDraft(listener: (key: string | null) => void): () => void {
  const hear = ({ key, storageArea }: StorageEvent) => storageArea === localStorage && listener(key);
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}

/** Old drafts go. */
export function sweep(): void {
  for (const key of keys()) if (key.startsWith(BEFORE) && readDraft(key) === undefined) dropDraft(key);
}

const keys = () => Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place) ?? "");
