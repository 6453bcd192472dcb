/** What somebody types to look for something: told once they pause, and never in the middle of what an input method composes. */
import { useEffect, useRef, type ChangeEvent, type CompositionEvent } from "react";
import { useLatest } from "./latest";

const PAUSE_MS = 250;

interface Typed {
  /** With each change, composed or not. */
  onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  onCompositionEnd: (event: CompositionEvent<HTMLInputElement>) => void;
}

export function useTyped(tell: (text: string) => void): Typed {
  const latest = useLatest(tell);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const soon = (text: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(text.trim()), PAUSE_MS);
  };
  return {
    onChange: ({ target, nativeEvent }) => {
      // What is being composed is no text yet, and what stood there before is none any more.
      if ((nativeEvent as InputEvent).isComposing) clearTimeout(timer.current);
      else soon(target.value);
    },
    onCompositionEnd: ({ currentTarget }) => soon(currentTarget.value),
  };
}
