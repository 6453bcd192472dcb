/** What would be promised of the report as it stands, and why. */
import { useMemo, useState } from "react";
import { instantOf, moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { ApiProblem } from "@shared/api/problems";
import { usePreferences } from "@shared/preferences";
import { Bars } from "@shared/ui/bars";
import { useWords } from "@shared/words";
import { factsOf } from "./body";
import type { Report } from "./draft";
import { usePromises, type Promised } from "./queries";
import { useSoon } from "./soon";

export function usePromised({ contract, level, facts, received, occurred }: Report) {
  const asked = useMemo(
    () => ({
      contract,
      ...(level && { level }),
      ...(Object.keys(facts).length > 0 && { facts: factsOf(facts) }),
      ...(received && { received_at: instantOf(received) }),
      ...(occurred && { fault_occurred_at: instantOf(occurred) }),
    }),
    [contract, level, facts, received, occurred],
  );
  const soon = useSoon(asked);
  // Another contract is asked for at once: the one before has nothing to say of it.
  return usePromises(soon.contract === contract ? soon : asked);
}

type Found = ReturnType<typeof usePromised>;

const byDue = (items: Promised[]) =>
  items.filter((each) => each.due_at !== null).toSorted((one, other) => Date.parse(one.due_at ?? "") - Date.parse(other.due_at ?? ""));

export function Promises({ contract, found }: { contract: string; found: Found }) {
  const { t } = useWords();
  const { data, error } = found;
  const later = data?.items.filter((each) => each.due_at === null) ?? [];
  return (
    <section className="card promised" aria-labelledby="new-promised">
      <h2 id="new-promised">{t("opening.promised")}</h2>
      {contract === "" && <p className="soft">{t("opening.promisedLater")}</p>}
      {contract !== "" && error instanceof ApiProblem && (
        <p className="soft">{error.told.errors?.[0]?.message ?? error.message}</p>
      )}
      {contract !== "" && !data && !error && <Bars />}
      {contract !== "" && data && !error && (
        <>
          {!data.covered && <p className="uncovered">{t("opening.notCovered")}</p>}
          {data.level === null && <p className="soft">{t("opening.noLevelYet")}</p>}
          <ul>
            {byDue(data.items).map((each) => (
              <One key={each.clause + each.kind} promise={each} />
            ))}
          </ul>
          {later.length > 0 && (
            <details>
              <summary>{t("opening.later", { count: later.length })}</summary>
              <ul>
                {later.map((each) => (
                  <One key={each.clause + each.kind} promise={each} />
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </section>
  );
}

function One({ promise }: { promise: Promised }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <li>
      <p className="promise">
        <span>
          <b>{promise.kind_name[language]}</b>
          {promise.default && <span className="mark"> {t("ticket.default")}</span>}
          {promise.provisional && <span className="mark"> {t("ticket.provisional")}</span>}
          <button type="button" className="why" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {t("ticket.why")}
            <span className="only-read">{promise.kind_name[language]}</span>
          </button>
        </span>
        {promise.due_at === null ? (
          <span className="soft">
            {promise.armed
              .split(" or ")
              .map((each) => domain(`armed.${each}` as "armed.now", { defaultValue: each }))
              .join(" / ")}
          </span>
        ) : (
          <time dateTime={promise.due_at}>{t("ticket.until", { at: moment(promise.due_at, serverNow()) })}</time>
        )}
      </p>
      {isOpen && <p className="soft">{promise.explanation[language]}</p>}
    </li>
  );
}

/** The first two of them, at the foot of a narrow screen. */
export function PromisedBriefly({ found }: { found: Found }) {
  const { language } = usePreferences();
  const items = byDue(found.data?.items ?? []).slice(0, 2);
  return (
    <span className="briefly" aria-hidden="true">
      {items.map((each) => (
        <span key={each.clause + each.kind}>
          {each.kind_name[language]} → <b>{moment(each.due_at ?? "", serverNow())}</b>
        </span>
      ))}
    </span>
  );
}
