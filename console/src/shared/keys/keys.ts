/** The one owner of keys. Whoever composes in an input method is never interrupted. */
import { useEffect } from "react";
import { preferences } from "@shared/preferences";

/** `mod+k`, `/`, `n`, or one after the other: `g q`. */
export interface Binding {
  keys: string;
  does: string;
  run: () => void;
}

const WITHIN_MS = 1000;
const bindings: Binding[] = [];
let composing = false;
let before: { key: string; at: number } | undefined;

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "keyCode">;

/** What was pressed, in the words of a binding; nothing for what an input method takes. */
export function pressed(event: Pressed): string | undefined {
  // Safari ends a composition before its last Enter, which then comes with this code.
  if (event.isComposing || event.keyCode === 229 || composing || event.altKey) return undefined;
  const key = event.key === "Process" ? event.code.replace(/^Key/, "") : event.key;
  const named = key.length === 1 ? key.toLowerCase() : key;
  return event.ctrlKey || event.metaKey ? `mod+${named}` : named;
}

/** Whether somebody types there. */
export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function chosen(word: string, now: number): Binding | undefined {
  const sequence = before && now - before.at < WITHIN_MS ? `${before.key} ${word}` : undefined;
  before = { key: word, at: now };
  const found = bindings.findLast((each) => each.keys === sequence) ?? bindings.findLast((each) => each.keys === word);
  return found;
}

function onKeyDown(event: KeyboardEvent): void {
  const word = pressed(event);
  if (word === undefined || event.repeat || event.defaultPrevented) return;
  const isSingle = !word.startsWith("mod+");
  if (isSingle && (isField(event.target) || document.querySelector("dialog[open]") || !preferences().singleKeys)) return;
  const found = chosen(word, event.timeStamp);
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
