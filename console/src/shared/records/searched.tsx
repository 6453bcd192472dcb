/** A field that looks for what is typed once they pause, and never in the middle of what an input method composes. */
import { useEffect, useId, useRef, useState } from "react";
import { useWords } from "@shared/words";

const PAUSE_MS = 250;

export function Searched({ value, put, hint, says }: { value: string; put: (text: string) => void; hint: string; says?: string }) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(put);
  useEffect(() => {
    latest.current = put;
  }, [put]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const soon = (said: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(said.trim()), PAUSE_MS);
  };
  return (
    <div className="asked-for">
      <label htmlFor={id}>{says ?? t("record.search")}</label>
      <input
        id={id}
        type="search"
        className="plain-input"
        maxLength={64}
        placeholder={hint}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          if (!(event.nativeEvent as InputEvent).isComposing) soon(event.target.value);
        }}
        onCompositionEnd={(event) => soon(event.currentTarget.value)}
      />
    </div>
  );
}
