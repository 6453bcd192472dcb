/** A field that looks for what is typed. */
import { useId, useState } from "react";
import { useTyped } from "@shared/ui/typed";
import { useWords } from "@shared/words";

export function Searched({ value, put, hint, says }: { value: string; put: (text: string) => void; hint: string; says?: string }) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState(value);
  const typed = useTyped(put);
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
          typed.onChange(event);
        }}
        onCompositionEnd={typed.onCompositionEnd}
      />
    </div>
  );
}
