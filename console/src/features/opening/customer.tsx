/** Whose report it is, and under which contract. */
import { Input } from "antd";
import { useEffect, useState, type KeyboardEvent } from "react";
import { usePreferences } from "@shared/preferences";
import { useWords } from "@shared/words";
import type { Report } from "./draft";
import { Choice, Field, focusOn, idOf, told } from "./field";
import { useCustomer, useCustomers, usePacks, type Customer } from "./queries";
import { useSoon } from "./soon";

interface Given {
  report: Report;
  change: (changes: Partial<Report>) => void;
  wrongAt: (name: string) => string | undefined;
}

export function CustomerField({ report, change, wrongAt }: Given) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState(0);
  const text = report.customer?.name ?? "";
  const asked = useSoon(text.trim());
  const { data } = useCustomers(asked, isOpen);
  const offered = isOpen && !report.customer?.id ? (data?.items ?? []) : [];

  const choose = (chosen: Customer) => {
    change({ customer: { id: chosen.id, name: chosen.name }, byHand: true, contract: "" });
    setIsOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const pointed = offered[at];
    if (step !== undefined && offered.length > 0) setAt((at + step + offered.length) % offered.length);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      if (pointed) choose(pointed);
      focusOn("title");
    } else if (event.key === "Escape" && isOpen) setIsOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <Field name="customer" says={t("opening.customer")} wrong={wrongAt("customer")}>
      <div className="combo">
        <Input
          {...told("customer", wrongAt("customer"))}
          role="combobox"
          aria-expanded={offered.length > 0}
          aria-controls="new-customers"
          aria-autocomplete="list"
          aria-activedescendant={offered[at] && `${idOf("customer")}-${at}`}
          autoComplete="off"
          maxLength={200}
          value={text}
          onFocus={() => setIsOpen(true)}
          onBlur={() => setIsOpen(false)}
          onChange={(event) => {
            const name = event.target.value;
            change({ customer: name === "" ? undefined : { id: null, name }, byHand: name !== "", contract: "" });
            setIsOpen(true);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <div id="new-customers" className="offered" role="listbox" aria-label={t("opening.customers")}>
          {offered.map((each, place) => (
            // The field keeps the focus; keys act there.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={each.id}
              id={`${idOf("customer")}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(each)}
              dir="auto"
            >
              {each.name}
            </div>
          ))}
        </div>
      </div>
      {report.customer && report.customer.id === null && text.trim() !== "" && (
        <span className="soft hint">{t("opening.newCaller")}</span>
      )}
    </Field>
  );
}

export function ContractField({ report, change, wrongAt }: Given) {
  const { t } = useWords();
  const { language } = usePreferences();
  const isKnown = Boolean(report.customer?.id);
  const { data: customer } = useCustomer(report.customer?.id);
  const { data: packs } = usePacks(true);
  const named = (pack: string) => packs?.items.find((each) => each.id === pack)?.name[language] ?? pack;
  const active = customer?.contracts.filter((each) => each.active) ?? [];
  const options = isKnown
    ? active.map(({ id, pack, ends_on }) => ({
        value: id,
        says: `${named(pack)} · ${id}${ends_on ? ` · ${t("opening.until", { day: ends_on })}` : ""}`,
      }))
    : (packs?.items ?? []).map(({ id, name }) => ({ value: id, says: name[language] }));
  const only = isKnown && active.length === 1 ? active[0]?.id : undefined;
  const fits = options.some((each) => each.value === report.contract);
  useEffect(() => {
    if (only !== undefined && report.contract === "") change({ contract: only });
  }, [only, report.contract, change]);
  return (
    <Field name="contract" says={t("opening.contract")} wrong={wrongAt("contract")}>
      <Choice
        name="contract"
        value={fits ? report.contract : ""}
        wrong={wrongAt("contract")}
        onChoose={(contract) => change({ contract, level: "" })}
        options={[{ value: "", says: t(options.length === 0 ? "opening.noContract" : "opening.choose") }, ...options]}
      />
    </Field>
  );
}
