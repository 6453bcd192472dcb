/** A button that opens a list of choices, of which one or several hold: by mouse, by touch and by keyboard alone. */
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { useWords } from "@shared/words";
import { useTyped } from "./typed";
import "./pick.css";

export interface PickOption {
  value: string;
  label: string;
  /** The heading under which it stands. */
  group?: string;
}

/** The values behind a pick, from those before it: the next pick may come before this one is drawn. */
export type Picked = (before: readonly string[]) => string[];

interface Given {
  name: string;
  options: readonly PickOption[];
  values: readonly string[];
  isMany?: boolean;
  /** It narrows nothing, so that what is chosen needs no mark. */
  isPlain?: boolean;
  onPick: (picked: Picked) => void;
  /** Looked for by whoever gives the options; without it a long list is searched here. */
  onSearch?: (text: string) => void;
  /** Stands below the choices. */
  children?: ReactNode;
}

/** From so many on a list is searched. */
const LONG = 9;

export function Pick(given: Given) {
  const { name, options, values, isPlain } = given;
  const [isOpen, setIsOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return undefined;
    const outside = ({ target }: Event) => whole.current?.contains(target as Node) || setIsOpen(false);
    // Before the owner of keys hears of it: what is open here is closed first.
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      setIsOpen(false);
      button.current?.focus();
    };
    document.addEventListener("keydown", escape);
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("keydown", escape);
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
    };
  }, [isOpen]);
  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  const said = options.find(({ value }) => value === values[0])?.label ?? values[0];
  return (
    <div ref={whole} className="pick-of">
      <button
        ref={button}
        type="button"
        className={values.length > 0 && !isPlain ? "has" : ""}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        {name}
        {values.length > 0 && !isPlain && <b dir="auto">{values.length === 1 ? said : values.length}</b>}
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div id={id} className="choices-over">
          <Choices {...given} onDone={close} />
        </div>
      )}
    </div>
  );
}

/** The choices alone, as they also stand in a sheet. */
export function Choices({ name, options, values, isMany, onPick, onSearch, onDone, children }: Given & { onDone?: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const id = useId();
  const typed = useTyped((said) => onSearch?.(said));
  const isLong = onSearch !== undefined || options.length >= LONG;
  const shown = onSearch ? options : options.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
  const pick = (value: string) => {
    onPick((before) => {
      if (before.includes(value)) return before.filter((each) => each !== value);
      return isMany ? [...before, value] : [value];
    });
    if (!isMany) onDone?.();
  };
  return (
    <fieldset className="choices">
      <legend className="only-read">{name}</legend>
      {isLong && (
        <input
          type="search"
          // It is opened to choose, and typing is the quickest way.
          autoFocus={onDone !== undefined}
          aria-label={t("queue.find", { name })}
          placeholder={t("queue.find", { name })}
          maxLength={100}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            typed.onChange(event);
          }}
          onCompositionEnd={typed.onCompositionEnd}
        />
      )}
      <div className="scrolled">
        {shown.map(({ value, label, group }, place) => (
          <div key={value}>
            {group !== undefined && group !== shown[place - 1]?.group && <span className="group-of">{group}</span>}
            <label htmlFor={`${id}-${value}`}>
              <input
                id={`${id}-${value}`}
                type={isMany ? "checkbox" : "radio"}
                name={id}
                checked={values.includes(value)}
                autoFocus={onDone !== undefined && !isLong && place === 0}
                onChange={() => pick(value)}
                // A radio that is chosen hears of no other click: it is given back by it.
                onClick={() => !isMany && values.includes(value) && pick(value)}
              />
              <span dir="auto">{label}</span>
            </label>
          </div>
        ))}
        {shown.length === 0 && <p className="soft">{t("queue.noChoice")}</p>}
      </div>
      {children}
    </fieldset>
  );
}
