/** One input of a form: with its label, who reads what stands in it, and what is wrong with it. */
import { Input, Radio, Select } from "antd";
import { useId } from "react";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { PhraseArea } from "@shared/phrases/area";
import { useWords } from "@shared/words";
import { EvidenceInput } from "./evidence";
import type { Ask } from "./fields";
import { partyInput, useWholeForm } from "./identify";
import { useOptions, type Option } from "./options";

/** As many as are seen at a glance stand side by side. */
const SEEN_AT_ONCE = 8;
const LONGEST = 4000;
const COUNTED_FROM = 3500;
const HOUR_MS = 3_600_000;
const IN_A_LINE: ReadonlySet<string> = new Set(["title", "site"]);

export interface Given {
  ask: Ask;
  label: string;
  value: string;
  onChange: (value: string) => void;
  disabled: boolean;
  wrong: string | undefined;
  /** Who reads it, where it is words. */
  readers: string | undefined;
  contacts: string[];
}

export function AskInput(given: Given) {
  const { t } = useWords();
  const { ask, label, wrong, readers } = given;
  const id = useId();
  const options = useOptions()(ask);
  const isGroup = options.length > 0 && options.length <= SEEN_AT_ONCE;
  return (
    <div className="ask" data-path={ask.path}>
      <div className="asked">
        {isGroup ? <span id={`${id}-of`}>{label}</span> : <label htmlFor={id}>{label}</label>}
        {!ask.required && <span className="soft">{t("act.optional")}</span>}
        {readers && <span className={readers === t("act.oursOnly") ? "soft" : "mark"}>{readers}</span>}
      </div>
      <Widget given={given} id={id} options={options} />
      {wrong && (
        <span className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}

function Widget({ given, id, options }: { given: Given; id: string; options: Option[] }) {
  const { ask, value, onChange, disabled, wrong, contacts } = given;
  const shared = { id, disabled, "aria-describedby": wrong ? `${id}-wrong` : undefined, "aria-invalid": wrong ? (true as const) : undefined };
  const form = useWholeForm();
  const status = wrong ? ({ status: "error" } as const) : {};
  if (options.length > 0) return <Chosen given={given} id={id} options={options} />;
  const party = partyInput(ask.path, form, { tied: shared, value });
  if (party !== undefined) return <>{party}</>;
  if (ask.type === "instant") return <Instant given={given} id={id} />;
  if (ask.name === "evidence" && form !== undefined) {
    return <EvidenceInput number={form.number} tied={shared} value={value} onChange={onChange} />;
  }
  if (ask.path === "on_behalf.name" && contacts.length > 0) {
    return <Names {...shared} {...status} value={value} onChange={onChange} names={contacts} />;
  }
  if (ask.type === "text" && !IN_A_LINE.has(ask.name) && !ask.path.includes(".")) {
    return (
      <PhraseArea
        {...shared}
        {...status}
        dir="auto"
        autoSize={{ minRows: ask.required ? 3 : 1, maxRows: 14 }}
        maxLength={LONGEST}
        {...(value.length >= COUNTED_FROM ? { showCount: true } : {})}
        value={value}
        change={onChange}
      />
    );
  }
  return <Input {...shared} {...status} dir="auto" value={value} onChange={(event) => onChange(event.target.value)} />;
}

/** Somebody of the customer: one of whom we know, or another name. */
function Names({ names, id, onChange, ...input }: { names: string[]; id: string; value: string; onChange: (value: string) => void }) {
  return (
    <>
      <Input {...input} id={id} dir="auto" list={`${id}-names`} onChange={(event) => onChange(event.target.value)} />
      <datalist id={`${id}-names`}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </datalist>
    </>
  );
}

function Chosen({ given, id, options }: { given: Given; id: string; options: Option[] }) {
  const { t } = useWords();
  const { ask, value, onChange, disabled, wrong } = given;
  const none: Option = { value: "", label: t(options.some(({ isNow }) => isNow) || ask.path.startsWith("facts.") ? "choice.unchanged" : "choice.none") };
  const all = ask.required ? options : [none, ...options];
  if (options.length <= SEEN_AT_ONCE) {
    return (
      <Radio.Group
        className={`chosen${options.some(({ more }) => more && more.length > 8) ? " long" : ""}`}
        aria-labelledby={`${id}-of`}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        disabled={disabled}
        value={value}
        onChange={(event) => onChange(String(event.target.value))}
      >
        {all.map((option) => (
          <Radio key={option.value} value={option.value} disabled={option.disabled ?? false}>
            <Told option={option} />
          </Radio>
        ))}
      </Radio.Group>
    );
  }
  return (
    <Select<string>
      id={id}
      aria-describedby={wrong ? `${id}-wrong` : undefined}
      disabled={disabled}
      {...(wrong ? { status: "error" as const } : {})}
      showSearch={{ optionFilterProp: "said" }}
      allowClear={!ask.required}
      value={value === "" ? null : value}
      placeholder={t("choice.choose")}
      onChange={(chosen?: string) => onChange(chosen ?? "")}
      options={options.map((option) => ({
        value: option.value,
        disabled: option.disabled ?? false,
        said: `${option.label} ${option.more ?? ""}`,
        label: <Told option={option} />,
      }))}
    />
  );
}

const Told = ({ option }: { option: Option }) => (
  <span dir="auto">
    {option.label}
    {option.more && <span className="soft"> {option.more}</span>}
  </span>
);

function Instant({ given, id }: { given: Given; id: string }) {
  const { t } = useWords();
  const { value, onChange, disabled, wrong } = given;
  const now = serverNow();
  const today = local(now).slice(0, 11);
  const tomorrow = local(now + 24 * HOUR_MS).slice(0, 11);
  const presets: [string, string][] = [
    [t("choice.inTwoHours"), local(now + 2 * HOUR_MS)],
    [t("choice.today"), `${today}18:00`],
    [t("choice.tomorrow"), `${tomorrow}18:00`],
  ];
  return (
    <div className="instant">
      <Input
        id={id}
        type="datetime-local"
        disabled={disabled}
        {...(wrong ? { status: "error" as const } : {})}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {presets
        .filter(([, at]) => at > local(now))
        .map(([says, at]) => (
          <button key={says} type="button" className="link" disabled={disabled} onClick={() => onChange(at)}>
            {says}
          </button>
        ))}
    </div>
  );
}
