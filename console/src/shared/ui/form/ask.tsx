/** One thing that a form asks for, by the browser's own inputs, which every keyboard and telephone knows. */
import { useWords } from "@shared/words";
import "./form.css";

/** What was filled in, each as its input has it; a flag is `true` or empty. */
export type Values = Record<string, string>;

export interface Option {
  value: string;
  says: string;
}

export interface Ask {
  name: string;
  says: string;
  kind?: "line" | "text" | "choice" | "many" | "day" | "month" | "time" | "flag" | "secret";
  /** Of a choice; many are kept with a space between them. */
  options?: Option[];
  needed?: boolean;
  hint?: string;
  max?: number;
}

/** What a list is narrowed by: nothing, one of these, or what an address names beside them. */
export function withAll(all: string, options: readonly Option[], chosen: string): Option[] {
  const isKnown = chosen === "" || options.some(({ value }) => value === chosen);
  return [{ value: "", says: all }, ...options, ...(isKnown ? [] : [{ value: chosen, says: chosen }])];
}

interface Given {
  ask: Ask;
  id: string;
  value: string;
  wrong?: string | undefined;
  change: (value: string) => void;
}

const TYPES = { line: "text", day: "date", month: "month", time: "datetime-local", secret: "password" } as const;
const MOST = 200;

export function AskField({ ask, id, value, wrong, change }: Given) {
  const { t } = useWords();
  const kind = ask.kind ?? "line";
  if (kind === "flag") {
    return (
      <div className="asked-for flag">
        <label>
          <input id={id} type="checkbox" checked={value === "true"} onChange={(event) => change(event.target.checked ? "true" : "")} />{" "}
          {ask.says}
        </label>
        <Beside id={id} hint={ask.hint} wrong={wrong} />
      </div>
    );
  }
  if (kind === "many") return <Many {...{ ask, id, value, wrong, change }} />;
  return (
    <div className="asked-for">
      <label htmlFor={id}>
        {ask.says}
        {ask.needed && <span className="soft"> {t("form.needed")}</span>}
      </label>
      <Input {...{ ask, id, value, wrong, change, kind }} />
      <Beside id={id} hint={ask.hint} wrong={wrong} />
    </div>
  );
}

function Input({ ask, id, value, wrong, change, kind }: Given & { kind: Exclude<Ask["kind"], undefined | "flag" | "many"> }) {
  const tied = {
    id,
    value,
    required: ask.needed ?? false,
    "aria-invalid": wrong !== undefined,
    "aria-describedby": `${id}-beside`,
    className: "plain-input",
  };
  if (kind === "choice") {
    return (
      <select {...tied} onChange={(event) => change(event.target.value)}>
        {(ask.options ?? []).map((each) => (
          <option key={each.value} value={each.value}>
            {each.says}
          </option>
        ))}
      </select>
    );
  }
  if (kind === "text") {
    return <textarea {...tied} rows={4} maxLength={ask.max ?? 4000} onChange={(event) => change(event.target.value)} />;
  }
  return (
    <input
      {...tied}
      type={TYPES[kind]}
      autoComplete={kind === "secret" ? "new-password" : "off"}
      maxLength={ask.max ?? MOST}
      dir={kind === "line" ? "auto" : undefined}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function Many({ ask, id, value, wrong, change }: Given) {
  const chosen = value.split(" ").filter(Boolean);
  const turn = (each: string) => (chosen.includes(each) ? chosen.filter((other) => other !== each) : [...chosen, each]);
  return (
    <fieldset className="asked-for many" aria-describedby={`${id}-beside`}>
      <legend>{ask.says}</legend>
      <Beside id={id} hint={ask.hint} wrong={wrong} />
      <div>
        {(ask.options ?? []).map((each) => (
          <label key={each.value}>
            <input type="checkbox" checked={chosen.includes(each.value)} onChange={() => change(turn(each.value).join(" "))} /> {each.says}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Beside({ id, hint, wrong }: { id: string; hint: string | undefined; wrong: string | undefined }) {
  return (
    <span id={`${id}-beside`}>
      {hint && <span className="soft hint">{hint}</span>}
      {wrong && <span className="wrong">{wrong}</span>}
    </span>
  );
}
