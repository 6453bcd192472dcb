/** A form of a record: what is typed is kept until it is sent or given up, what is wrong is said where it stands. */
import { Button } from "antd";
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from "react";
import { ApiProblem } from "@shared/api/problems";
import { draftKey, onDraft } from "@shared/drafts/drafts";
import { tabDraft } from "@shared/drafts/tabs";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { AskField, type Ask, type Values } from "./ask";

interface Given {
  /** Under it the draft is kept. */
  name: string;
  asks: Ask[];
  begun?: Values;
  /** Of what it begins with; where somebody else has changed that since, `renew` reads it anew. */
  version?: number;
  renew?: () => Promise<unknown>;
  /** On its button. */
  says: string;
  /** What there is to know before it is sent. */
  before?: ReactNode;
  isGrave?: boolean;
  /** With the version that was there when somebody began to fill it in. */
  send: (values: Values, version: number | undefined) => Promise<unknown>;
  done: () => void;
  close?: () => void;
  /** What a field of the API's is called here. */
  called?: (field: string) => string;
}

/** What is missing of what must be there. */
export const missingOf = (asks: Ask[], values: Values) =>
  asks.filter((ask) => ask.needed && (values[ask.name] ?? "").trim() === "").map((ask) => ask.name);

export function RecordForm({ name, asks, begun = NOTHING, version, renew, says, before, isGrave, send, done, close, called = same }: Given) {
  const { t } = useWords();
  const id = useId();
  /** What was filled in here; all else follows what it begins with, also where others change that. */
  const { mine, hold, drop } = useMine(name);
  const values = { ...begun, ...mine };
  const isDraft = mine !== NOTHING;
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<string[]>([]);
  const [error, setError] = useState<unknown>();
  /** Filled in otherwise since the API said what is wrong: that was of what stood there before. */
  const [mended, setMended] = useState<readonly string[]>([]);
  const at = (field: string) => document.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${field}`)}`);
  const told = toldBy(error, asks, called);
  const wrongAt = (field: string) => wrongOf(field, { missing, mended, told: told.fields, required: t("act.required") });

  const change = (field: string, value: string) => {
    hold(sinceSeen({ ...mine, [field]: value }, version));
    setMended((those) => [...those, field]);
  };
  const renewed = async () => renew?.().catch(() => undefined);
  const giveUp = () => {
    drop();
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
      await send(withoutVersion(values), seenVersion(mine, version));
      await renewed();
      giveUp();
      done();
    } catch (wrong) {
      setError(wrong);
      if (isOverwriting(wrong) && renew) {
        // What is there by now has been told of: it is what whoever sends again has seen.
        hold(withoutVersion(mine));
        await renewed();
      }
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

/** What was filled in under a name: kept in each tab that fills it in, and left to another tab where it was only read. */
function useMine(name: string) {
  const person = useSession().id;
  const [draft] = useState(() => tabDraft<Values>(draftKey(person, "form", name)));
  const [mine, setMine] = useState<Values>(() => draft.read()?.holds ?? NOTHING);
  const typed = useRef<Values>(undefined);
  const hold = (next: Values) => {
    setMine(next);
    typed.current = next;
    draft.keep(next);
  };
  const drop = () => {
    setMine(NOTHING);
    typed.current = undefined;
    draft.drop();
  };
  useEffect(
    () =>
      onDraft((key) => {
        if (!draft.isKeptUnder(key)) return;
        draft.part();
        if (typed.current === undefined) setMine(NOTHING);
        else draft.keep(typed.current);
      }),
    [draft],
  );
  return { mine, hold, drop };
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
/** Beside what is filled in: the version of what was there before. */
const VERSION = "@version";

export const seenVersion = (mine: Values, version: number | undefined) => (VERSION in mine ? Number(mine[VERSION]) : version);

export const sinceSeen = (mine: Values, version: number | undefined): Values =>
  version === undefined || VERSION in mine ? mine : { ...mine, [VERSION]: String(version) };

export const withoutVersion = (mine: Values): Values => Object.fromEntries(Object.entries(mine).filter(([name]) => name !== VERSION));

const isOverwriting = (error: unknown) => error instanceof ApiProblem && error.status === 409 && error.at("version") !== undefined;
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
    else others.push(field === "version" ? message : `${field}: ${message}`);
  }
  if (error.told.errors === undefined || error.told.errors === null) others.push(error.message);
  return { fields, others };
}
