/** What narrows a queue: lists to choose from above it, in a sheet where there is no room, and what holds as chips. */
import { Button, Input } from "antd";
import { useState } from "react";
import { useWords } from "@shared/words";
import { Dialog } from "@shared/ui/dialog";
import type { Change } from "@shared/ui/address";
import { Choices, Pick, type Picked, type PickOption } from "@shared/ui/pick";
import { DATES, FILTERS, FLAGS, is, isFiltered, narrow, OFTEN, widen, type Filter } from "@shared/tickets/asked";
import { useChoices, useCustomerChoices } from "./choices";
import { useCustomers } from "./queries";

interface Given {
  address: URLSearchParams;
  onChange: Change;
}

const PICKED = ["contract", "level", "stage", "customer", "assignee"] as const;

const isMany = (name: Filter) => OFTEN.some((each) => each === name);

/** Above the queue, side by side. */
export function Filters({ address, onChange }: Given) {
  const { t } = useWords();
  const choices = useChoices(address);
  return (
    <div className="filters" role="group" aria-label={t("queue.filter")}>
      {PICKED.map((name) => (
        <One key={name} name={name} options={name === "customer" ? [] : choices[name]} address={address} onChange={onChange} Shown={Pick} />
      ))}
      <More address={address} onChange={onChange} Shown={Pick} />
      <Text address={address} onChange={onChange} />
    </div>
  );
}

/** The same, below each other. */
export function FilterSheet({ address, onChange, onClose }: Given & { onClose: () => void }) {
  const { t } = useWords();
  const choices = useChoices(address);
  return (
    <Dialog title={t("queue.filter")} onClose={onClose} className="sheet">
      {PICKED.map((name) => (
        <details key={name} open={address.has(name)}>
          <summary>{t(`queue.by.${name}`)}</summary>
          <One name={name} options={name === "customer" ? [] : choices[name]} address={address} onChange={onChange} Shown={Choices} />
        </details>
      ))}
      <details open={MORE.some((name) => address.has(name))}>
        <summary>{t("queue.more")}</summary>
        <More address={address} onChange={onChange} Shown={Choices} />
      </details>
      <Text address={address} onChange={onChange} />
      <div className="show">
        <Button type="primary" block size="large" onClick={onClose}>
          {t("queue.show")}
        </Button>
      </div>
    </Dialog>
  );
}

interface OneGiven extends Given {
  name: (typeof PICKED)[number];
  options: readonly PickOption[];
  Shown: typeof Pick | typeof Choices;
}

function One({ name, options, address, onChange, Shown }: OneGiven) {
  const { t } = useWords();
  const given = {
    name: t(`queue.by.${name}`),
    values: address.getAll(name),
    isMany: isMany(name),
    onPick: (picked: Picked) => onChange((now) => narrow(now, name, picked(now.getAll(name)))),
  };
  if (name === "customer") return <Customers given={given} Shown={Shown} />;
  return <Shown {...given} options={options} />;
}

/** Filters with few words each, in one list; and days. */
const MORE = [...FLAGS, "waits_for", "work", ...DATES] as const;

const moreOf = (address: URLSearchParams) => [
  ...FLAGS.filter((name) => address.get(name) === "true"),
  ...address.getAll("waits_for"),
  ...address.getAll("work"),
];

function More({ address, onChange, Shown }: Given & { Shown: OneGiven["Shown"] }) {
  const { t } = useWords();
  const { flags, waits_for, work } = useChoices(address);
  const days = DATES.filter((name) => address.has(name));
  const pick = (picked: Picked) =>
    onChange((now) => {
      const values = picked(moreOf(now));
      const named = (of: readonly PickOption[]) => values.filter((value) => of.some((each) => each.value === value));
      narrow(now, "waits_for", named(waits_for));
      narrow(now, "work", named(work));
      for (const name of FLAGS) narrow(now, name, values.includes(name) ? ["true"] : []);
    });
  return (
    <Shown
      name={t("queue.more")}
      options={[...flags, ...waits_for, ...work]}
      values={[...moreOf(address), ...(Shown === Pick ? days : [])]}
      isMany
      onPick={pick}
    >
      <div className="between">
        {DATES.map((name) => (
          <label key={name}>
            <span>{t(`queue.by.${name}`)}</span>
            <input type="date" value={address.get(name) ?? ""} onChange={({ target: { value } }) => onChange((now) => narrow(now, name, [value]))} />
          </label>
        ))}
      </div>
    </Shown>
  );
}

/** Looked for on the server: there may be thousands. */
function Customers({ given, Shown }: { given: Omit<Parameters<typeof Pick>[0], "options">; Shown: OneGiven["Shown"] }) {
  const [text, setText] = useState("");
  const found = useCustomers(text);
  const chosen = useCustomerChoices(given.values);
  if (found.error) return null;
  const options = (found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return <Shown {...given} options={[...chosen.filter(({ value }) => !options.some((each) => each.value === value)), ...options]} onSearch={setText} />;
}

function Text({ address, onChange }: Given) {
  const { t } = useWords();
  const given = address.get("text") ?? "";
  const [typed, setTyped] = useState({ given, text: given });
  const text = typed.given === given ? typed.text : given;
  return (
    <form
      role="search"
      aria-label={t("queue.by.text")}
      onSubmit={(event) => {
        event.preventDefault();
        onChange((now) => narrow(now, "text", [text.trim()]));
      }}
    >
      <Input
        id="queue-text"
        allowClear
        maxLength={100}
        aria-label={t("queue.by.text")}
        placeholder={t("queue.by.text")}
        value={text}
        onChange={(event) => {
          setTyped({ given, text: event.target.value });
          if (event.target.value === "" && given !== "") onChange((now) => narrow(now, "text", []));
        }}
      />
    </form>
  );
}

/** What narrows the list now, each with a way to take it off. */
export function Chips({ address, onChange }: Given) {
  const { t } = useWords();
  const choices = useChoices(address);
  const customers = useCustomerChoices(address.getAll("customer"));
  if (!isFiltered(address)) return null;
  const said = (name: Filter, value: string): string => {
    if (is(FLAGS, name)) return value === "false" ? t(`queue.no.${name}`) : t(`queue.flag.${name}`);
    if (name === "text") return `“${value}”`;
    if (name === "phone" || is(DATES, name)) return value;
    const options = name === "customer" ? customers : choices[name];
    return options.find((each) => each.value === value)?.label ?? value;
  };
  const chips = FILTERS.flatMap((name) => address.getAll(name).map((value) => ({ name, value })));
  return (
    <ul className="chips" aria-label={t("queue.chips")}>
      {chips.map(({ name, value }) => (
        <li key={`${name} ${value}`} className="chip">
          <span dir="auto">
            {!is(FLAGS, name) && name !== "text" && <span className="soft">{t(`queue.by.${name}`)} </span>}
            {said(name, value)}
          </span>
          <button
            type="button"
            aria-label={t("queue.drop", { what: said(name, value) })}
            onClick={() => onChange((now) => narrow(now, name, now.getAll(name).filter((each) => each !== value)))}
          >
            ×
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="link" onClick={() => onChange(widen)}>
          {t("queue.clear")}
        </button>
      </li>
    </ul>
  );
}
