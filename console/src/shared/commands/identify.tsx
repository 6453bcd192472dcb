/** Whose report it is: found among our customers, their contracts and whoever calls for them, not by ids known by heart. */
import { Input, Select } from "antd";
import { createContext, use, useState, type ReactNode } from "react";
import { useCustomer, useCustomers } from "@shared/customers/queries";
import { usePreferences } from "@shared/preferences";
import { usePacks } from "@shared/promises/queries";
import { useTicket } from "@shared/tickets/one";
import { useSoon } from "@shared/ui/soon";
import { useWords } from "@shared/words";
import type { Values } from "./fields";

interface Whole {
  number: string;
  values: Values;
  put: (changes: Values) => void;
}

/** The form as a whole, where what is chosen in one place decides what is offered in another. */
export const WholeForm = createContext<Whole | undefined>(undefined);

export interface Tied {
  id: string;
  disabled: boolean;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface Given {
  tied: Tied;
  value: string;
}

/** The input of a field that names somebody of the registry; nothing for every other one. */
export function partyInput(path: string, form: Whole | undefined, given: Given): ReactNode {
  if (form === undefined) return undefined;
  if (path === "customer") return <CustomerInput {...given} form={form} />;
  if (path === "contract") return <ContractInput {...given} form={form} />;
  if (path === "level") return <LevelInput {...given} form={form} />;
  if (path === "contact.name") return <ContactInput {...given} form={form} />;
  return undefined;
}

export const useWholeForm = () => use(WholeForm);

/** Of the customer that is chosen, or else whose it is taken for now. */
function useParty({ number, values }: Whole) {
  const { data: ticket } = useTicket(number);
  return useCustomer(values["customer"] || ticket?.customer.id).data;
}

function CustomerInput({ tied, value, form }: Given & { form: Whole }) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const { data } = useCustomers(useSoon(text.trim()), isOpen);
  const { data: chosen } = useCustomer(value);
  const found = data?.items ?? [];
  const all = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <Select<string>
      {...tied}
      status={tied["aria-invalid"] ? "error" : ""}
      showSearch={{ filterOption: false, onSearch: setText }}
      allowClear
      value={value === "" ? null : value}
      placeholder={t("identify.search")}
      notFoundContent={t("choice.none")}
      onOpenChange={setIsOpen}
      // Another customer has other contracts, and somebody else to call.
      onChange={(id?: string) => form.put({ customer: id ?? "", contract: "", level: "", "contact.name": "", "contact.phone": "" })}
      options={all.map(({ id, name, open }) => ({
        value: id,
        label: (
          <span dir="auto">
            {name} <span className="soft">{id}</span> {open > 0 && <span className="soft">{t("identify.open", { count: open })}</span>}
          </span>
        ),
      }))}
    />
  );
}

function ContractInput({ tied, value, form }: Given & { form: Whole }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const customer = useParty(form);
  const { data: packs } = usePacks(true);
  const named = (pack: string) => packs?.items.find((each) => each.id === pack)?.name[language] ?? pack;
  const options = customer
    ? customer.contracts.filter((each) => each.active).map(({ id, pack }) => ({ value: id, label: `${named(pack)} · ${id}` }))
    : (packs?.items ?? []).map(({ id }) => ({ value: id, label: named(id) }));
  return (
    <Select<string>
      {...tied}
      status={tied["aria-invalid"] ? "error" : ""}
      allowClear
      value={value === "" ? null : value}
      placeholder={t("choice.unchanged")}
      onChange={(id?: string) => form.put({ contract: id ?? "", level: "" })}
      options={options}
    />
  );
}

/** Under another pack a report has a level of that one. */
function LevelInput({ tied, value, form }: Given & { form: Whole }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const { data: ticket } = useTicket(form.number);
  const customer = useParty(form);
  const { data: packs } = usePacks(true);
  const word = form.values["contract"] ?? "";
  const active = customer?.contracts.filter((each) => each.active) ?? [];
  const meant = active.find(({ id }) => id === word) ?? (form.values["customer"] && active.length === 1 ? active[0] : undefined);
  const pack = meant?.pack ?? (word || ticket?.pack);
  const levels = packs?.items.find(({ id }) => id === pack)?.levels ?? [];
  return (
    <Select<string>
      {...tied}
      status={tied["aria-invalid"] ? "error" : ""}
      allowClear
      value={value === "" ? null : value}
      placeholder={t("choice.unchanged")}
      onChange={(id?: string) => form.put({ level: id ?? "" })}
      options={levels.map((each) => ({ value: each.id, label: each[language] }))}
    />
  );
}

function ContactInput({ tied, value, form }: Given & { form: Whole }) {
  const contacts = useParty(form)?.contacts ?? [];
  const named = (name: string) => {
    const phone = contacts.find((each) => each.name === name)?.phone;
    form.put({ "contact.name": name, ...(phone && { "contact.phone": phone }) });
  };
  return (
    <>
      <Input {...tied} dir="auto" autoComplete="off" list={`${tied.id}-contacts`} value={value} onChange={(event) => named(event.target.value)} />
      <datalist id={`${tied.id}-contacts`}>
        {contacts.map(({ name, phone }) => (
          <option key={`${name} ${phone}`} value={name}>
            {phone}
          </option>
        ))}
      </datalist>
    </>
  );
}
