/** Whose report it is, and under which contract. */
import { Input } from "antd";
import { useEffect, useState, type KeyboardEvent } from "react";
import { useCustomer, useCustomers, type Customer } from "@shared/customers/queries";
import { usePreferences } from "@shared/preferences";
import { usePacks } from "@shared/promises/queries";
import { useWords } from "@shared/words";
import { calledSo, next, taken } from "./choosing";
import type { Report } from "./draft";
import { Choice, Field, focusOn, idOf, told } from "./field";
import { useSoon } from "@shared/ui/soon";

interface Given {
  report: Report;
  change: (changes: Partial<Report>) => void;
  wrongAt: (name: string) => string | undefined;
}

export function CustomerField({ report, change, wrongAt }: Given) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [pointed, setPointed] = useState<string>();
  /** Somebody typed the name, and it was not found by the number. */
  const [isTyped, setIsTyped] = useState(false);
  const text = report.customer?.name ?? "";
  const asked = useSoon(text.trim());
  const isBareName = isTyped && text.trim() !== "" && !report.customer?.id;
  const { data, isPlaceholderData } = useCustomers(asked, isOpen || isBareName);
  const found = data?.items ?? [];
  const offered = isOpen && !report.customer?.id ? found : [];
  // Keys act on what answers this very text: what still stands there answers another one.
  const answered = asked === text.trim() && !isPlaceholderData ? found : [];
  const same = isBareName ? calledSo(text, answered) : undefined;

  const choose = (chosen: Customer) => {
    change({ customer: { id: chosen.id, name: chosen.name }, byHand: true, contract: "" });
    setIsOpen(false);
  };
  // Whoever types faster than the list comes goes on; a known customer's whole name is theirs all the same.
  useEffect(() => {
    if (isOpen || same === undefined) return;
    change({ customer: { id: same.id, name: same.name }, byHand: true, contract: "" });
  }, [isOpen, same, change]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && offered.length > 0) setPointed(next(answered, pointed, step));
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const chosen = isOpen && !report.customer?.id ? taken(text, answered, pointed) : undefined;
      if (chosen) choose(chosen);
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
          aria-activedescendant={offered.some((each) => each.id === pointed) ? `${idOf("customer")}-${pointed}` : undefined}
          autoComplete="off"
          maxLength={200}
          value={text}
          onFocus={() => setIsOpen(true)}
          onBlur={() => setIsOpen(false)}
          onChange={(event) => {
            const name = event.target.value;
            change({ customer: name === "" ? undefined : { id: null, name }, byHand: name !== "", contract: "" });
            setIsOpen(true);
            setIsTyped(true);
            setPointed(undefined);
          }}
          onKeyDown={onKeyDown}
        />
        <div id="new-customers" className="offered" role="listbox" aria-label={t("opening.customers")}>
          {offered.map((each) => (
            // The field keeps the focus; keys act there.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={each.id}
              id={`${idOf("customer")}-${each.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={each.id === pointed}
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
    ? active.map(({ id, pack, starts_on: from, ends_on: to }) => ({
        value: id,
        says: [named(pack), from && t("opening.from", { day: from }), to && t("opening.until", { day: to }), id]
          .filter(Boolean)
          .join(" · "),
      }))
    : (packs?.items ?? []).map(({ id, name }) => ({ value: id, says: name[language] }));
  const only = isKnown && active.length === 1 ? active[0]?.id : undefined;
  const hasNone = isKnown && customer !== undefined && active.length === 0;
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
        options={[{ value: "", says: t(hasNone ? "opening.noContract" : "opening.choose") }, ...options]}
      />
    </Field>
  );
}
