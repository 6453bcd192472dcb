/** Called in person (002-20): whoever takes a report out of the house writes it down at once, as of when they were called. */
import { useEffect, useRef, useState, type FormEvent } from "react";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { newId } from "@shared/commands/queries";
import { occurredAt } from "@shared/commands/stated";
import { usePreferences } from "@shared/preferences";
import { anewAs } from "../outbox/acts";
import { drafts } from "../outbox/store";
import { Link } from "../parts/link";
import { go } from "../route";
import { done, sendAnew } from "../doing";
import { usePhone } from "../state";
import { t } from "../words";

const FIELDS = ["phone", "contact", "customer", "contract", "title", "description", "site", "at"] as const;
type Name = (typeof FIELDS)[number];
const NEEDED: readonly Name[] = ["phone", "contact", "customer", "contract", "title"];
const [DRAFT, KIND] = ["call", "open"];

/** `again`: a report that was refused, and is said in another way here. */
export function CallPage({ again }: { again: string | undefined }) {
  const { me, acts, tickets, packs } = usePhone();
  const { language } = usePreferences();
  const user = me?.id ?? "";
  const [values, setValues] = useState<Partial<Record<Name, string>>>();
  const [wrong, setWrong] = useState<Name[]>([]);
  const isBusy = useRef(false);
  const refused = acts.find(({ id, state, user: whose }) => id === again && state === "refused" && whose === user);
  const [on, begun] = refused ? [refused.number, anewAs(refused)] : [DRAFT, KIND];
  useEffect(() => {
    const called: Partial<Record<Name, string>> = { at: local(serverNow()) };
    void drafts.get(user, on, begun).then((kept) => setValues(kept?.values ?? called));
  }, [user, on, begun]);
  if (values === undefined) return null;
  // Customers whose tickets the phone has are known without a network, and with them their contracts.
  const known = [...new Map(tickets.map(({ ticket }) => [ticket.customer.name, ticket])).values()];
  const theirs = known.find(({ customer }) => customer.name === values.customer?.trim());
  const contract = theirs?.contract ?? values.contract ?? "";

  const fill = (name: Name, value: string) => {
    const next = { ...values, [name]: value };
    setValues(next);
    setWrong((before) => before.filter((each) => each !== name));
    void drafts.put(user, on, begun, { values: next as Record<string, string>, files: [] });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const filled = { ...values, contract };
    const empty = NEEDED.filter((name) => !filled[name]?.trim());
    setWrong(empty);
    if (empty.length > 0 || isBusy.current) return;
    isBusy.current = true;
    const at = occurredAt(values.at) ?? new Date(serverNow()).toISOString();
    const said = (name: Name) => filled[name]?.trim() ?? "";
    const data = {
      contract,
      title: said("title"),
      description: said("description") || said("title"),
      channel: "phone",
      customer: theirs?.customer.id ? { id: theirs.customer.id } : { name: said("customer") },
      contact: { name: said("contact"), phone: said("phone") },
      received_at: at,
      ...(said("site") && { site: said("site") }),
    };
    const report = { data, at, filled: filled as Record<string, string> };
    const id = newId();
    await (refused ? sendAnew(refused, report) : done({ ...report, id, number: id, kind: "open" }));
    await drafts.drop(user, on, begun);
    go("/m/outbox", true);
  };
  const tied = (name: Name) => ({
    value: values[name] ?? "",
    onChange: (event: { target: { value: string } }) => fill(name, event.target.value),
    "aria-invalid": wrong.includes(name) ? (true as const) : undefined,
  });
  const needs = (name: Name) => wrong.includes(name) && <span className="wrong">{t("phone.required")}</span>;

  return (
    <form className="card" aria-label={t("phone.call")} onSubmit={(event) => void submit(event)} noValidate>
      <Link to="/m/" className="plain">
        ‹ {t("phone.back")}
      </Link>
      <h1>{t("phone.call")}</h1>
      <label>
        <span>{t("phone.called.at")}</span>
        <input type="datetime-local" max={local(serverNow())} {...tied("at")} />
      </label>
      <label>
        <span>{t("phone.called.phone")}</span>
        <input type="tel" {...tied("phone")} />
        {needs("phone")}
      </label>
      <label>
        <span>{t("phone.called.contact")}</span>
        <input {...tied("contact")} />
        {needs("contact")}
      </label>
      <label>
        <span>{t("phone.called.customer")}</span>
        <input list="customers" {...tied("customer")} />
        <datalist id="customers">
          {known.map(({ customer }) => (
            <option key={customer.name}>{customer.name}</option>
          ))}
        </datalist>
        {needs("customer")}
      </label>
      {theirs === undefined && (
        <label>
          <span>{t("phone.called.contract")}</span>
          <select {...tied("contract")}>
            <option value="">{t("choice.choose")}</option>
            {packs.map(({ id, name }) => (
              <option key={id} value={id}>
                {name[language]}
              </option>
            ))}
          </select>
          {needs("contract")}
        </label>
      )}
      <label>
        <span>{t("phone.called.title")}</span>
        <input maxLength={200} {...tied("title")} />
        {needs("title")}
      </label>
      <label>
        <span>
          {t("phone.called.description")} <small>{t("phone.optional")}</small>
        </span>
        <textarea rows={3} maxLength={4000} {...tied("description")} />
      </label>
      <label>
        <span>
          {t("phone.called.site")} <small>{t("phone.optional")}</small>
        </span>
        <input maxLength={300} {...tied("site")} />
      </label>
      <button type="submit" className="big">
        {t("phone.called.do")}
      </button>
    </form>
  );
}
