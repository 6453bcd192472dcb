/** A text area in which a `/` offers phrases; they are also there by a button, for thumbs and other keyboards. */
import { Input, type GetRef } from "antd";
import type { TextAreaProps } from "antd/es/input";
import { createContext, use, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Link } from "react-router";
import { useWords } from "@shared/words";
import { askedAt, filled, hasGap, put, suiting, type Gaps } from "./filling";
import { useHasPhrases, usePhrases, type Phrase } from "./queries";
import "./area.css";

interface Place {
  /** The command whose form it is; none where a report is taken. */
  kind: string | undefined;
  gaps: Gaps;
  /** One text for many: a phrase that speaks of one ticket is not offered. */
  isForMany?: boolean;
}

/** Where no place is said nothing is offered. */
export const PhrasesFor = createContext<Place | undefined>(undefined);

interface Given extends Omit<TextAreaProps, "onChange" | "value"> {
  value: string;
  change: (text: string) => void;
}

export function PhraseArea({ value, change, ...area }: Given) {
  const place = use(PhrasesFor);
  const has = useHasPhrases();
  if (place === undefined || !has) return <Input.TextArea {...area} value={value} onChange={(event) => change(event.target.value)} />;
  return <Offering {...area} value={value} change={change} place={place} />;
}

function Offering({ value, change, place, ...area }: Given & { place: Place }) {
  const { t } = useWords();
  const id = useId();
  const field = useRef<GetRef<typeof Input.TextArea>>(null);
  const input = () => field.current?.resizableTextArea?.textArea;
  /** The part of the text that gives way to the phrase. */
  const [asked, setAsked] = useState<{ from: number; to: number; search: string }>();
  const [at, setAt] = useState(0);
  const caret = useRef<number | undefined>(undefined);
  const { data = [] } = usePhrases();
  const fits = ({ text }: Phrase) => !(place.isForMany && hasGap(filled(text, place.gaps)));
  const found = asked ? suiting(data, place.kind, asked.search).filter(fits) : [];
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    field.current?.resizableTextArea?.textArea.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });

  const typed = (text: string, to: number, isComposing: boolean) => {
    change(text);
    const now = isComposing ? undefined : askedAt(text, to);
    setAsked(now && { ...now, to });
    setAt(0);
  };
  const write = ({ text }: Phrase) => {
    if (asked === undefined) return;
    const next = put(value, asked.from, asked.to, filled(text, place.gaps));
    caret.current = next.caret;
    setAsked(undefined);
    input()?.focus();
    change(next.text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (asked === undefined || event.nativeEvent.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    const chosen = found[at];
    if (event.key === "Escape") setAsked(undefined);
    else if (chosen === undefined) return;
    else if (event.key === "ArrowDown") setAt((at + 1) % found.length);
    else if (event.key === "ArrowUp") setAt((at + found.length - 1) % found.length);
    else if (event.key === "Enter" || event.key === "Tab") write(chosen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const openList = () => {
    const [from, to] = [input()?.selectionStart ?? value.length, input()?.selectionEnd ?? value.length];
    setAsked(asked ? undefined : { from, to, search: "" });
    setAt(0);
    input()?.focus();
  };
  const isShown = asked !== undefined && (found.length > 0 || asked.search === "");
  return (
    <div className="phrase-area" onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || setAsked(undefined)}>
      <Input.TextArea
        {...area}
        ref={field}
        value={value}
        aria-controls={isShown ? id : undefined}
        aria-activedescendant={isShown && found.length > 0 ? `${id}-${at}` : undefined}
        onChange={({ target, nativeEvent }) => typed(target.value, target.selectionStart, (nativeEvent as InputEvent).isComposing)}
        onCompositionEnd={({ currentTarget }) => typed(currentTarget.value, currentTarget.selectionStart, false)}
        onKeyDown={onKeyDown}
      />
      {/* Keyboards have the slash: from field to field it is one key as before. */}
      <button type="button" className="link" tabIndex={-1} disabled={area.disabled} aria-expanded={isShown} onMouseDown={(event) => event.preventDefault()} onClick={openList}>
        {t("phrases.title")} <kbd aria-hidden="true">/</kbd>
      </button>
      {isShown && (
        <div className="phrases-over">
          <div id={id} role="listbox" aria-label={t("phrases.title")}>
            {found.map((phrase, index) => (
              // Keys act on the text area, which keeps the focus.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div key={phrase.id} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={index === at} onMouseDown={(event) => event.preventDefault()} onClick={() => write(phrase)}>
                <b dir="auto">{phrase.title}</b> {!phrase.own && <span className="soft">{phrase.owner_name}</span>}
                <span className="soft told" dir="auto">
                  {filled(phrase.text, place.gaps)}
                </span>
              </div>
            ))}
          </div>
          {found.length === 0 && <p className="soft">{t("phrases.none")}</p>}
          <Link to="/me#phrases">{t("phrases.manage")}</Link>
        </div>
      )}
    </div>
  );
}
