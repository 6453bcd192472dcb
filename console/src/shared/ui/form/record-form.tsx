/** A form of a record: what is typed is kept until it is sent or given up, what is wrong is said where it stands. */
import { Button } from "antd";
import { useId, useState, type FormEvent, type ReactNode } from "react";
import { ApiProblem } from "@shared/api/problems";
import { draftKey, dropDraft, keepDraft, readDraft } from "@shared/drafts/drafts";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { AskField, type Ask, type Values } from "./ask";

interface Given {
  /** Under it the draft is kept. */
  name: string;
  asks: Ask[];
  begun?: Values;
  /** On its button. */
  says: string;
  /** What there is to know before it is sent. */
  before?: ReactNode;
  isGrave?: boolean;
  send: (values: Values) => Promise<unknown>;
  done: () => void;
  close?: () => void;
  /** What a field of the API's is called here. */
  called?: (field: string) => string;
}

/** What is missing of what must be there. */
export const missingOf = (asks: Ask[], values: Values) =>
  asks.filter((ask) => ask.needed && (values[ask.name] ?? "").trim() === "").map((ask) => ask.name);

export function RecordForm({ name, asks, begun = NOTHING, says, before, isGrave, send, done, close, called = same }: Given) {
  const { t } = useWords();
  const id = useId();
  const key = draftKey(useSession().id, "form", name);
  const [kept] = useState(() => readDraft<Values>(key)?.holds);
  const [values, setValues] = useState<Values>(kept ?? begun);
  const [isDraft, setIsDraft] = useState(kept !== undefined);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<string[]>([]);
  const [error, setError] = useState<unknown>();
  /** Filled in otherwise since the API said what is wrong: that was of what stood there before. */
  const [mended, setMended] = useState<readonly string[]>([]);
  const at = (field: string) => document.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${field}`)}`);
  const told = toldBy(error, asks, called);
  const wrongAt = (field: string) => wrongOf(field, { missing, mended, told: told.fields, required: t("act.required") });

  const change = (field: string, value: string) => {
    const next = { ...values, [field]: value };
    setValues(next);
    setIsDraft(true);
    setMended((those) => [...those, field]);
    keepDraft(key, next);
  };
  const giveUp = () => {
    dropDraft(key);
    setValues(begun);
    setIsDraft(false);
    setError(undefined);
    setMissing([]);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const left = missingOf(asks, values);
    setMissing(left);
    setMended([]);
    setError(undefined);
    if (left[0] !== undefined) return at(left[0])?.focus();
    setBusy(true);
    try {
      await send(values);
      giveUp();
      done();
    } catch (wrong) {
      setError(wrong);
      const [first] = toldBy(wrong, asks, called).fields.keys();
      if (first !== undefined) at(first)?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="record-form" noValidate onSubmit={(event) => void submit(event)}>
      {asks.map((ask) => (
        <AskField
          key={ask.name}
          ask={ask}
          id={`${id}-${ask.name}`}
          value={values[ask.name] ?? ""}
          wrong={wrongAt(ask.name)}
          change={(value) => change(ask.name, value)}
        />
      ))}
      <div className="whole">{before}</div>
      <div className="whole" role="alert">
        {error !== undefined && !(error instanceof ApiProblem) && <p className="wrong">{t("noAnswer")}</p>}
        {told.others.map((each) => (
          <p key={each} className="wrong">
            {each}
          </p>
        ))}
      </div>
      <footer>
        <Button type="primary" danger={isGrave ?? false} htmlType="submit" loading={busy}>
          {says}
        </Button>
        {close && <Button onClick={close}>{t("act.back")}</Button>}
        {isDraft && (
          <Button type="link" onClick={giveUp}>
            {t("act.discard")}
          </Button>
        )}
      </footer>
    </form>
  );
}

interface Wrong {
  missing: readonly string[];
  mended: readonly string[];
  told: ReadonlyMap<string, string>;
  required: string;
}

/** What is said beside a field; nothing of what has been filled in otherwise since. */
export function wrongOf(field: string, { missing, mended, told, required }: Wrong): string | undefined {
  if (mended.includes(field)) return undefined;
  return missing.includes(field) ? required : told.get(field);
}

const NOTHING: Values = {};
const same = (field: string) => field;

/** What the API says is wrong: at the fields that the form has, and all else. */
export function toldBy(error: unknown, asks: Ask[], called: (field: string) => string) {
  const fields = new Map<string, string>();
  const others: string[] = [];
  if (!(error instanceof ApiProblem)) return { fields, others };
  for (const { field, message } of error.told.errors ?? []) {
    const names = [called(field), called(field.replace(/[.[].*/, ""))];
    const name = names.find((each) => asks.some((ask) => ask.name === each));
    if (name !== undefined) fields.set(name, message);
    else others.push(`${field}: ${message}`);
  }
  if (error.told.errors === undefined || error.told.errors === null) others.push(error.message);
  return { fields, others };
}
