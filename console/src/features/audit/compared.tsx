/** What came of promises and what would have, side by side. */
import { Button } from "antd";
import { second } from "@shared/clock/beijing";
import { usePreferences } from "@shared/preferences";
import { Records } from "@shared/records/records";
import { useLevelName, usePackName } from "@shared/tickets/levels";
import { spaced } from "@shared/tickets/number";
import { useTicket } from "@shared/tickets/one";
import { csv } from "@shared/ui/csv";
import { save } from "@shared/ui/save";
import { useWords } from "@shared/words";
import { kindOf, rowsOf } from "./asked";
import type { Comparison, Pair, WhatIf } from "./queries";

const whole = <T,>(rows: T[]) => ({ rows, error: null, again: () => undefined, more: undefined, isMoreComing: false });

export function Answer({ found }: { found: WhatIf }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const { totals } = found;
  return (
    <>
      <section>
        <div className="audited-ways">
          <h2>{t("audit.totals")}</h2>
          <Downloads found={found} />
        </div>
        <p>{t("audit.totalsSaid", { tickets: totals.tickets, changed: totals.changed, refused: totals.refused, accepted: totals.accepted })}</p>
        <Records
          name={t("audit.totals")}
          found={whole(totals.promises)}
          keyOf={({ kind, was, now }) => `${kind} ${was} ${now}`}
          none={t("ticket.noPromises")}
          heads={[t("audit.promise"), t("audit.was"), t("audit.now"), t("audit.count")]}
        >
          {({ kind, was, now, count }) => [domain(`kind.${kind}`), t(`audit.result.${was}`), t(`audit.result.${now}`), count]}
        </Records>
      </section>
      {found.tickets.map((each) => (
        <Compared key={each.number} ticket={each} />
      ))}
      {found.left_out.map(({ number, why }) => (
        <p key={number} className="card">
          {spaced(number)} {t("audit.leftOut")} {why[language]}
        </p>
      ))}
    </>
  );
}

function Compared({ ticket }: { ticket: Comparison }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const levels = useLevelName();
  const packName = usePackName();
  // A customer's contract does not say whose levels it has; its ticket does.
  const { data } = useTicket(ticket.number);
  const under = (contract: string, pack: string, level: string | null) => [packName(contract), level !== null && levels(pack, level)].filter(Boolean).join(" ");
  const before = under(ticket.contract_was, data?.pack ?? ticket.contract_was, ticket.level_was);
  const after = under(ticket.contract_now, ticket.contract_now, ticket.level_now);
  return (
    <section>
      <h2>
        {spaced(ticket.number)} · {before} → {after}
      </h2>
      <Records
        name={spaced(ticket.number)}
        found={whole(ticket.promises)}
        keyOf={(each) => each.key}
        none={t("ticket.noPromises")}
        heads={[t("audit.promise"), t("audit.was"), t("audit.now"), t("audit.change")]}
      >
        {(pair) => [
          domain(`kind.${kindOf(pair) as "respond"}`, { defaultValue: kindOf(pair) }),
          <Outcome key="was" pair={pair} at={0} />,
          <Outcome key="now" pair={pair} at={1} />,
          pair.changed ? <b key="changed">{t("audit.changed")}</b> : t("audit.same"),
        ]}
      </Records>
      <Otherwise ticket={ticket} />
    </section>
  );
}

const time = (instant: string | null | undefined) => (instant ? second(instant) : "");

/** As it is read: what came of it, until when it was due, when it was done. */
function useOutcome() {
  const { t } = useWords();
  return ({ was, now, results }: Pair, at: 0 | 1): [string, string, string, string] => {
    const outcome = at === 0 ? was : now;
    return [t(`audit.result.${results[at] ?? "absent"}`), outcome?.clause ?? "", time(outcome?.due_at), time(outcome?.met_at)];
  };
}

function Outcome({ pair, at }: { pair: Pair; at: 0 | 1 }) {
  const { t } = useWords();
  const [result, clause, due, met] = useOutcome()(pair, at);
  return (
    <ul>
      <li>
        <b>{result}</b> {clause}
      </li>
      {due !== "" && (
        <li>
          {t("audit.due")} <time>{due}</time>
        </li>
      )}
      {met !== "" && (
        <li>
          {t("audit.met")} <time>{met}</time>
        </li>
      )}
    </ul>
  );
}

/** Commands that would have been decided on otherwise. */
function Otherwise({ ticket: { otherwise } }: { ticket: Comparison }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  return (
    <ul>
      {otherwise.map(({ command_id: id, kind, actor, at, now }) => (
        <li key={id}>
          <time>{second(at)}</time> {domain(`command.${kind}`)} {actor.id} · {domain(`role.${actor.role}`)}
          {t("audit.colon")}
          {now ? t("audit.wouldRefuse", { why: now.words[language] }) : t("audit.wouldAccept")}
        </li>
      ))}
    </ul>
  );
}

function Downloads({ found }: { found: WhatIf }) {
  const { t } = useWords();
  const said = useOutcome();
  const told = [t("audit.result.title"), t("audit.clause"), t("audit.due"), t("audit.met")];
  const heads = [t("audit.number"), t("audit.promise"), ...["was", "now"].flatMap((side) => told.map((head) => `${t(`audit.${side as "was"}`)} ${head}`))];
  const sheet = () => save(new Blob([csv({ heads, rows: rowsOf(found.tickets, said) })], { type: "text/csv" }), `${t("audit.whatIf")}.csv`);
  const json = () => save(new Blob([JSON.stringify(found, null, 1)], { type: "application/json" }), `${t("audit.whatIf")}.json`);
  return (
    <>
      <Button size="small" onClick={sheet}>
        CSV
      </Button>
      <Button size="small" onClick={json}>
        JSON
      </Button>
    </>
  );
}
