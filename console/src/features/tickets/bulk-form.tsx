/** The form of a command for many tickets. What can be chosen is what the first of them offers. */
import { Button } from "antd";
import { useEffect, useMemo, useRef, useState } from "react";
import { useDraft } from "@shared/commands/draft";
import { asks, dataOf, type Ask, type Kind, type Offer } from "@shared/commands/fields";
import { AskInput } from "@shared/commands/input";
import { useNaming } from "@shared/commands/naming";
import { newId, useOffers } from "@shared/commands/queries";
import { countsAsSeen } from "@shared/commands/seen";
import { useKeys } from "@shared/keys/keys";
import { PhrasesFor } from "@shared/phrases/area";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { intoOpened } from "@shared/ui/first-field";
import { useLatest } from "@shared/ui/latest";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { batchOf, type Batch, type Chosen } from "./batch";

import "@shared/commands/form.css";

interface Given {
  kind: Kind;
  selected: Chosen[];
  onSend: (batch: Batch) => void;
  onClose: () => void;
}

export function BulkForm(given: Given) {
  const { t } = useWords();
  const { kind, selected } = given;
  const offers = useOffers(selected[0]?.number ?? "");
  const offer = offers.data?.items.find((each) => each.kind === kind);
  // A level is one of its contract's scale.
  if (kind === "classify" && new Set(selected.map(({ pack }) => pack)).size > 1) return <p>{t("bulk.mixed")}</p>;
  if (offers.error && !offers.data) return <Trouble error={offers.error} again={() => void offers.refetch()} />;
  if (!offers.data) return <Bars rows={3} />;
  return offer === undefined ? <p>{t("bulk.none")}</p> : <Fields {...given} offer={anyOf(offer)} />;
}

/** What is not possible on one ticket may be on the next: each says so for itself. */
function anyOf(offer: Offer): Offer {
  const choices = Object.entries(offer.needs.choices)
    .filter(([name]) => !name.startsWith("facts."))
    .map(([name, of]) => [name, of.map(({ value, label, role, grade, on_duty, load }) => ({ value, label, role, grade, on_duty, load, possible: true }))]);
  return { ...offer, recorded: false, needs: { ...offer.needs, choices: Object.fromEntries(choices) } } as Offer;
}

function Fields({ kind, selected, offer, onSend, onClose }: Given & { offer: Offer }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const session = useSession();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => intoOpened(form.current), []);
  const draft = useDraft(session.id, "queue", kind, {});
  const { values } = draft.kept;
  const [empty, setEmpty] = useState<string[]>([]);
  const { nameOf, readersOf } = useNaming(offer);
  // A level is what it is about: on one ticket it may be left out, here not.
  const isNeeded = (ask: Ask) => ask.required || (kind === "classify" && ask.name === "level");
  const shown = asks(offer, values);
  const go = () => {
    const open = shown.filter((ask) => isNeeded(ask) && (values[ask.path] ?? "").trim() === "").map(({ path }) => path);
    setEmpty(open);
    if (open[0] !== undefined) return form.current?.querySelector<HTMLElement>(`[data-path="${open[0]}"] :is(input, textarea)`)?.focus();
    draft.drop();
    return onSend(batchOf(kind, dataOf(offer, values), selected, countsAsSeen(kind), newId));
  };
  const latest = useLatest(go);
  const sending = useMemo(() => [{ keys: "mod+Enter", does: t("act.send"), run: () => latest.current() }], [t, latest]);
  useKeys(sending);
  return (
    <form ref={form} className="command-form" aria-label={domain(`command.${kind}`)} noValidate onSubmit={(event) => event.preventDefault()}>
      <PhrasesFor value={{ kind, gaps: { me: session.name }, isForMany: true }}>
        {shown.map((ask) => (
          <AskInput
            key={ask.path}
            ask={ask}
            label={nameOf(ask)}
            value={values[ask.path] ?? ""}
            onChange={(value) => {
              draft.hold({ ...values, [ask.path]: value });
              setEmpty((before) => before.filter((path) => path !== ask.path));
            }}
            disabled={false}
            wrong={empty.includes(ask.path) ? t("act.required") : undefined}
            readers={readersOf(ask)}
            contacts={[]}
          />
        ))}
      </PhrasesFor>
      <p className="soft">{t("bulk.each")}</p>
      <div className="send">
        <Button type="primary" onClick={go}>
          {t("bulk.do", { act: domain(`command.${kind}`), count: selected.length })}
        </Button>
        <Button onClick={onClose}>{t("act.back")}</Button>
      </div>
    </form>
  );
}
