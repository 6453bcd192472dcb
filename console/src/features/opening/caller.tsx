/** Who calls: by the number, else by name. */
import { Input } from "antd";
import { useEffect } from "react";
import { useWords } from "@shared/words";
import { openOf } from "./beside";
import type { Report } from "./draft";
import { Field, focusOn, onEnter, told } from "./field";
import { digitsOf, ENOUGH, grouped } from "@shared/phone";
import type { Caller } from "./queries";

interface Given {
  report: Report;
  change: (changes: Partial<Report>) => void;
  found: Caller[] | undefined;
  wrongAt: (name: string) => string | undefined;
}

export const partyOf = (caller: Caller): Partial<Report> => ({
  customer: { id: caller.customer.id, name: caller.customer.name },
  contact: caller.name,
  contract: "",
});

/** One key from the number: who it may be, where that is open, else what of theirs is open. */
const focusBelow = () => document.querySelector<HTMLElement>("[data-below] input, [data-below] a")?.focus();

export function CallerFields({ report, change, found, wrongAt }: Given) {
  const { t } = useWords();
  useTheOnlyOne(report, change, found);
  return (
    <>
      <Field name="phone" says={t("opening.phone")} wrong={wrongAt("phone")}>
        <Input
          {...told("phone", wrongAt("phone"))}
          autoFocus
          autoComplete="off"
          inputMode="tel"
          maxLength={64}
          value={report.phone}
          onChange={(event) => change({ phone: event.target.value })}
          onKeyDown={(event) => {
            onEnter(() => focusOn(report.customer ? "title" : "contact"))(event);
            if (event.key !== "ArrowDown" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            focusBelow();
          }}
        />
      </Field>
      <Matches report={report} change={change} found={found} />
      <Field name="contact" says={t("opening.contact")} wrong={wrongAt("contact")}>
        <Input
          {...told("contact", wrongAt("contact"))}
          autoComplete="off"
          maxLength={200}
          value={report.contact}
          onChange={(event) => change({ contact: event.target.value })}
          onKeyDown={onEnter(() => focusOn(report.customer ? "title" : "customer"))}
        />
      </Field>
    </>
  );
}

/** Where the whole number is one person's of one customer, there is nothing to choose. */
function useTheOnlyOne(report: Report, change: Given["change"], found: Caller[] | undefined): void {
  const { byHand, contact, customer } = report;
  useEffect(() => {
    if (found === undefined || byHand) return;
    const exact = found.filter((each) => each.certainty === "exact");
    const only = exact.length === 1 ? exact[0] : undefined;
    if (only && customer === undefined) change({ ...partyOf(only), ...(contact && { contact }) });
  }, [found, byHand, contact, customer, change]);
}

function Matches({ report, change, found }: Omit<Given, "wrongAt">) {
  const { t } = useWords();
  if (digitsOf(report.phone).length < ENOUGH || found === undefined) return null;
  if (found.length === 0) return <p className="soft matches">{t("opening.unknownNumber")}</p>;
  const open = openOf(found).length;
  const isChosen = (each: Caller) =>
    report.customer?.id === each.customer.id &&
    report.customer?.name === each.customer.name &&
    report.contact === each.name;
  return (
    <fieldset className="matches" data-below={found.length === 1 || found.some(isChosen) ? undefined : ""}>
      <legend className="only-read">{t("opening.callers")}</legend>
      {found.map((each) => (
        <label key={`${each.name} ${each.customer.id ?? each.customer.name}`}>
          <input
            type="radio"
            name="caller"
            checked={isChosen(each)}
            onChange={() => change({ ...partyOf(each), byHand: true })}
            onKeyDown={onEnter(() => {
              change({ ...partyOf(each), byHand: true });
              focusOn("title");
            })}
          />
          <span dir="auto">
            {each.certainty === "perhaps" && <span className="soft">{t("opening.perhaps")} </span>}
            <b>{each.name}</b> {each.customer.name} <span className="soft">{grouped(each.phone)}</span>
            {each.customer.id === null && <span className="soft"> · {t("opening.notKnown")}</span>}
          </span>
        </label>
      ))}
      {open > 0 && (
        <a className="to-open" href="#new-open">
          {t("opening.open", { count: open })}
        </a>
      )}
    </fieldset>
  );
}
