/** A case that nobody has reported: when what would be due, and why. Nothing is recorded. */
import { useId, useMemo, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { instantOf, local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { usePreferences } from "@shared/preferences";
import { FACTS, factsOf, factsOfPack } from "@shared/promises/facts";
import { PromisedList } from "@shared/promises/promised";
import { usePromises, type WholePack, type WorkOut } from "@shared/promises/queries";
import { Bars } from "@shared/ui/bars";
import { AskField, type Ask, type Values } from "@shared/ui/form/ask";
import { useSoon } from "@shared/ui/soon";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";

const MOMENTS = { received: "received_at", occurred: "fault_occurred_at", booked: "booked_at" } as const;

/** What the API is asked, from what was filled in. */
export function caseOf(pack: string, values: Values): WorkOut {
  const said = Object.entries(values).filter(([, value]) => value !== "");
  const facts = Object.fromEntries(said.filter(([name]) => name in FACTS));
  const times = said.flatMap(([name, value]) =>
    name in MOMENTS ? [[MOMENTS[name as keyof typeof MOMENTS], instantOf(value)]] : [],
  );
  return {
    contract: pack,
    ...(values["level"] && { level: values["level"] }),
    ...(Object.keys(facts).length > 0 && { facts: factsOf(facts) }),
    ...Object.fromEntries(times),
  };
}

export function WorkingOut({ pack }: { pack: WholePack }) {
  const { t } = useWords();
  const id = useId();
  const asks = useAsks(pack);
  const [values, setValues] = useState<Values>(() => ({
    level: pack.levels[0]?.id ?? "",
    received: local(serverNow()),
  }));
  const asked = useMemo(() => caseOf(pack.id, values), [pack.id, values]);
  const { data, error, refetch } = usePromises(useSoon(asked));
  const problem = error instanceof ApiProblem ? error : undefined;
  const wrongAt = (name: string) => problem?.at(MOMENTS[name as keyof typeof MOMENTS] ?? name) ?? problem?.at(`facts.${name}`);
  const field = (ask: Ask) => (
    <AskField
      key={ask.name}
      ask={ask}
      id={`${id}-${ask.name}`}
      value={values[ask.name] ?? ""}
      wrong={wrongAt(ask.name)}
      change={(value) => setValues((before) => ({ ...before, [ask.name]: value }))}
    />
  );
  return (
    <section className="card working-out" aria-labelledby={id}>
      <h2 id={id}>{t("packs.workOut")}</h2>
      <div className="record-form">{asks.first.map(field)}</div>
      <details>
        <summary>{t("opening.moreFacts")}</summary>
        <div className="record-form">{asks.more.map(field)}</div>
      </details>
      {error && !problem?.told.errors && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars />}
      {data && !error && <PromisedList items={data.items} />}
      <p className="soft">{t("packs.nothingRecorded")}</p>
    </section>
  );
}

/** Level and times first, and the facts that this pack's promises depend on. */
function useAsks(pack: WholePack): { first: Ask[]; more: Ask[] } {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const says = (fact: string, value: string) =>
    value === "true" || value === "false"
      ? t(value === "true" ? "choice.yes" : "choice.no")
      : domain(`fact_value.${fact}_${value}` as "fact_value.nature_fault");
  const ofFact = (name: string): Ask => ({
    name,
    says: domain(`fact.${name as "nature"}`),
    kind: "choice",
    options: [
      { value: "", says: t("opening.notSaid") },
      ...(FACTS[name] ?? []).map((value) => ({ value, says: says(name, value) })),
    ],
  });
  const ofTime = (name: keyof typeof MOMENTS): Ask => ({ name, says: t(`packs.at.${name}`), kind: "time" });
  const levels = [
    ...pack.levels.map((level) => ({ value: level.id, says: level[language] })),
    { value: "", says: t("opening.undecided") },
  ];
  const [asked, others] = factsOfPack(pack);
  return {
    first: [
      { name: "level", says: t("ticket.level"), kind: "choice", options: levels },
      ofTime("received"),
      ...asked.map(ofFact),
    ],
    more: [ofTime("occurred"), ofTime("booked"), ...others.map(ofFact)],
  };
}
