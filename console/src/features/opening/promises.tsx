/** What would be promised of the report as it stands, and why. */
import { useMemo } from "react";
import { instantOf, moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { ApiProblem } from "@shared/api/problems";
import { usePreferences } from "@shared/preferences";
import { factsOf } from "@shared/promises/facts";
import { byDue, PromisedList } from "@shared/promises/promised";
import { usePromises } from "@shared/promises/queries";
import { Bars } from "@shared/ui/bars";
import { useWords } from "@shared/words";
import type { Report } from "./draft";
import { useSoon } from "@shared/ui/soon";

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

export function Promises({ contract, found }: { contract: string; found: Found }) {
  const { t } = useWords();
  const { data, error } = found;
  return (
    <section className="card" aria-labelledby="new-promised">
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
          <PromisedList items={data.items} />
        </>
      )}
    </section>
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
