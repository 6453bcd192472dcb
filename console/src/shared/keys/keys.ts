/** The one owner of keys. Whoever composes in an input method is never interrupted. */
import { useEffect } from "react";
import { preferences } from "@shared/preferences";

/** `mod+k`, `/`, `n`, or one after the other: `g q`. */
export interface Binding {
  keys: string;
  does: string;
  run: () => void;
  /** Holding the key down does it again and again. */
  repeats?: boolean;
  /** Only while the focus is there, or nowhere: elsewhere the key has its own meaning. */
  within?: string;
}

const WITHIN_MS = 1000;
const bindings: Binding[] = [];
let composing = false;
let before: { key: string; at: number } | undefined;

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "keyCode">;

/** Whether an input method takes it. Safari ends a composition before its last Enter, which then comes with this code. */
const isComposed = (event: Pressed) => event.isComposing || event.keyCode === 229 || composing;

/** What was pressed, in the words of a binding; nothing for what an input method takes. */
export function pressed(event: Pressed): string | undefined {
  if (isComposed(event) || event.altKey) return undefined;
  const key = event.key === "Process" ? event.code.replace(/^Key/, "") : event.key;
  if (event.ctrlKey || event.metaKey) return `mod+${key.length === 1 ? key.toLowerCase() : key}`;
  if (key.length === 1) return key.toLowerCase();
  return event.shiftKey ? `shift+${key}` : key;
}

/** Whether somebody types there. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const isThere = ({ within }: Binding, target: EventTarget | null) =>
  within === undefined || target === document.body || (target instanceof Element && target.closest(within) !== null);

function chosen(word: string, { timeStamp: now, target, repeat }: KeyboardEvent): Binding | undefined {
  const sequence = before && now - before.at < WITHIN_MS ? `${before.key} ${word}` : undefined;
  before = { key: word, at: now };
  const acts = (keys: string | undefined) =>
    bindings.findLast((each) => each.keys === keys && isThere(each, target) && (!repeat || each.repeats));
  return acts(sequence) ?? acts(word);
}

function onKeyDown(event: KeyboardEvent): void {
  // What ends a composition sends no form.
  if (event.key === "Enter" && isComposed(event)) event.preventDefault();
  const word = pressed(event);
  if (word === undefined || event.defaultPrevented) return;
  if (!word.startsWith("mod+")) {
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    if (word.length === 1 && !preferences().singleKeys) return;
  }
  const found = chosen(word, event);
  if (found === undefined) return;
  event.preventDefault();
  before = undefined;
  found.run();
}

/** Begin to listen, once. */
export function own(): void {
  addEventListener("compositionstart", () => (composing = true));
  addEventListener("compositionend", () => (composing = false));
  addEventListener("keydown", onKeyDown);
}

export const bound = (): readonly Binding[] => bindings;

/** These keys act while the component stands. */
export function useKeys(mine: Binding[]): void {
  useEffect(() => {
    bindings.push(...mine);
    return () => {
      for (const each of mine) bindings.splice(bindings.indexOf(each), 1);
    };
  }, [mine]);
}
