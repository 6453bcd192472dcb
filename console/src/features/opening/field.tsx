/** A field with its name, what is wrong with it, and the way to the next one. */
import type { KeyboardEvent, ReactNode } from "react";

export const idOf = (name: string) => `new-${name}`;
export const wrongIdOf = (name: string) => `${idOf(name)}-wrong`;

interface Given {
  name: string;
  says: string;
  wrong: string | undefined;
  hint?: ReactNode;
  children: ReactNode;
}

export function Field({ name, says, wrong, hint, children }: Given) {
  return (
    <div className="ask">
      <label htmlFor={idOf(name)}>{says}</label>
      {hint && <span className="soft hint">{hint}</span>}
      {children}
      {wrong && (
        <span id={wrongIdOf(name)} className="wrong">
          {wrong}
        </span>
      )}
    </div>
  );
}

/** What ties a field to what is wrong with it. */
export const told = (name: string, wrong: string | undefined) => ({
  id: idOf(name),
  "aria-invalid": wrong !== undefined,
  ...(wrong !== undefined && { "aria-describedby": wrongIdOf(name) }),
});

export const focusOn = (name: string) => document.querySelector<HTMLElement>(`#${idOf(name)}`)?.focus();

/** Enter leads on, and never in the middle of what an input method composes. */
export function onEnter(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  };
}

interface Choosing {
  name: string;
  value: string;
  options: { value: string; says: string }[];
  onChoose: (value: string) => void;
  wrong?: string | undefined;
}

/** One of some: the browser's own list, which every keyboard and telephone knows. */
export function Choice({ name, value, options, onChoose, wrong }: Choosing) {
  return (
    <select {...told(name, wrong)} className="choice" value={value} onChange={(event) => onChoose(event.target.value)}>
      {options.map((each) => (
        <option key={each.value} value={each.value}>
          {each.says}
        </option>
      ))}
    </select>
  );
}
