/** Where evidence is looked for: tickets whose life is over. */
import { useId } from "react";
import { Link } from "react-router";
import { second } from "@shared/clock/beijing";
import { beginOf, later } from "@shared/clock/days";
import { useAskedFor } from "@shared/records/asked";
import { Records } from "@shared/records/records";
import { Searched } from "@shared/records/searched";
import { spaced } from "@shared/tickets/number";
import { usePreferences } from "@shared/preferences";
import { underSaid, usePackName, usePacks } from "@shared/tickets/levels";
import { AskField, withAll } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";
import { numbersBeside } from "./asked";
import { useClosed, useContracts, type Asked } from "./queries";

/** What the API is asked, from what stands in the address: whole days. */
export function askedBy(address: URLSearchParams): Asked {
  const [text, contract, customer, from, to] = ["text", "contract", "customer", "from", "to"].map((name) => address.get(name)?.trim());
  return {
    ...(text && { text }),
    ...(contract && { contract }),
    ...(customer && { customer }),
    ...(from && { closed_from: beginOf(from) }),
    ...(to && { closed_to: beginOf(later(to, 1)) }),
    ...(address.has("breached") && { breached: true }),
    ...(address.has("refused") && { refused: true }),
  };
}

export default function AuditPage() {
  const { t } = useWords();
  const packName = usePackName();
  const found = useClosed(askedBy(useAskedFor()[0]));
  return (
    <>
      <Asking />
      <Records
        name={t("audit.closed")}
        found={found}
        keyOf={(each) => each.number}
        none={t("audit.none")}
        heads={[t("audit.number"), t("queue.column.title"), t("ticket.customer"), t("statistics.contract"), t("audit.closedAt"), t("audit.late")]}
      >
        {(each) => [
          <Link key="number" to={`/audit/${each.number}`}>
            {spaced(each.number)}
          </Link>,
          each.title,
          each.customer.name,
          underSaid(packName, each),
          each.closed_at ? <time key="at">{second(each.closed_at)}</time> : "",
          each.late ?? 0,
        ]}
      </Records>
      <p className="more">
        <Link to="/audit/what-if">{t("audit.whatIf")}</Link>
      </p>
    </>
  );
}

const FIELDS = [
  { name: "customer", max: 64 },
  { name: "from", kind: "day" },
  { name: "to", kind: "day" },
  { name: "breached", kind: "flag" },
  { name: "refused", kind: "flag" },
] as const;

function Asking() {
  const { t } = useWords();
  const id = useId();
  const { language } = usePreferences();
  const [address, put] = useAskedFor();
  const contract = address.get("contract") ?? "";
  const packs = (usePacks().data?.items ?? []).map((each) => ({ value: each.id, says: each.name[language] }));
  const numbers = numbersBeside(packs.map(({ value }) => value), useContracts().data ?? []);
  const contracts = [...packs, ...numbers.map((value) => ({ value, says: value }))];
  return (
    <div className="record-head">
      <h1>{t("menu.audit")}</h1>
      <Searched value={address.get("text") ?? ""} put={(said) => put("text", said)} hint={t("search.hint")} />
      <AskField
        ask={{ name: "contract", says: t("audit.asked.contract"), kind: "choice", options: withAll(t("audit.allContracts"), contracts, contract) }}
        id={`${id}-contract`}
        value={contract}
        change={(value) => put("contract", value)}
      />
      {FIELDS.map(({ name, ...kind }) => (
        <AskField
          key={name}
          ask={{ name, says: t(`audit.asked.${name}`), ...kind }}
          id={`${id}-${name}`}
          value={address.get(name) ?? ""}
          change={(value) => put(name, value)}
        />
      ))}
    </div>
  );
}
