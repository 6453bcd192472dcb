/** What the reader may do on the ticket now, by its form; what not, why, and what would open it. */
import { Button } from "antd";
import { useCallback, useMemo, useRef, useState } from "react";
import type { Kind, Offer } from "@shared/commands/fields";
import { CommandForm } from "@shared/commands/form";
import { useIntoForm } from "@shared/commands/into-form";
import { useOffers, type Decision } from "@shared/commands/queries";
import { useTellRecorded } from "@shared/commands/recorded";
import { TABLE } from "@shared/commands/table";
import { Opening } from "@shared/commands/why-not";
import { begun } from "@shared/drafts/drafts";
import { useKeys, type Binding } from "@shared/keys/keys";
import { useSession } from "@shared/session";
import { useObligations, type Ticket } from "@shared/tickets/one";
import { useAddress } from "@shared/ui/address";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Handed } from "./handed";
import { inOrderOf, type Offered } from "./offered";

const DIGITS = 9;

export function Acts({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const tellRecorded = useTellRecorded();
  const [place, changePlace] = useAddress();
  const head = useRef<HTMLHeadingElement>(null);
  const { data, error, refetch } = useOffers(ticket.number);
  const promises = useObligations(ticket.number).data?.items;
  const offered = useMemo(
    () => inOrderOf(data?.items ?? [], promises ?? [], Boolean(ticket.proposed)),
    [data, promises, ticket.proposed],
  );
  const open = data?.items.find(({ kind }) => kind === place.get("act"));
  /** The command that handed a link over, as long as what opens it can be shown. */
  const [handed, setHanded] = useState<string>();
  const intoForm = useIntoForm(head, open?.kind);
  const show = useCallback(
    (kind: Kind | undefined, byKey = false) => {
      changePlace((now) => (kind ? now.set("act", kind) : now.delete("act")));
      head.current?.focus();
      intoForm(kind, byKey);
    },
    [changePlace, intoForm],
  );
  const accepted = useCallback(
    (decision: Decision) => {
      if (decision.happening === "link_handed") setHanded(decision.command_id);
      tellRecorded(decision);
      show(undefined);
    },
    [tellRecorded, show],
  );
  const has = (kind: string) => data?.items.some((each) => each.kind === kind) ?? false;

  return (
    <section className="card acts">
      <h2 ref={head} tabIndex={-1}>
        {open ? domain(`command.${open.kind}`) : t("act.title")}
      </h2>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={3} />}
      {data && open && (
        <CommandForm
          key={open.kind}
          number={ticket.number}
          seq={data.acted}
          offer={open}
          first={open.kind === "correct" ? asReported(ticket) : undefined}
          onClose={() => show(undefined)}
          onAccepted={accepted}
          has={has}
          onOpen={show}
        />
      )}
      {handed && !open && <Handed number={ticket.number} command={handed} onClose={() => setHanded(undefined)} />}
      {data && !open && <Choice number={ticket.number} offered={offered} show={show} has={has} />}
    </section>
  );
}

/** What is corrected is changed, not written anew. */
const asReported = ({ title, description, site, asset }: Ticket) => ({
  title,
  description: description ?? "",
  site: site ?? "",
  asset: asset ?? "",
});

interface Shown {
  number: string;
  offered: Offered;
  show: (kind: Kind, byKey?: boolean) => void;
  has: (kind: string) => boolean;
}

function Choice({ number, offered, show, has }: Shown) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const drafts = begun(useSession().id, number);
  const { next, groups, not } = offered;
  const keyed = useMemo(
    () => [...next, ...groups.flatMap(([, inIt]) => inIt)].map(({ kind }) => kind as Kind),
    [next, groups],
  );
  useKeys(
    useMemo<Binding[]>(() => {
      const digits = keyed.slice(0, DIGITS).map((kind, at) => ({ keys: String(at + 1), does: domain(`command.${kind}`), run: () => show(kind, true) }));
      const note = keyed.includes("note") ? [{ keys: "m", does: domain("command.note"), run: () => show("note", true) }] : [];
      return [...digits, ...note];
    }, [keyed, domain, show]),
  );
  const button = ({ kind }: Offer) => (
    <Act key={kind} kind={kind as Kind} place={keyed.indexOf(kind as Kind)} isNext={next.some((each) => each.kind === kind)} hasDraft={drafts.has(kind)} show={show} />
  );
  return (
    <>
      {keyed.length === 0 && <p className="soft">{t("act.none")}</p>}
      {next.length > 0 && <div className="buttons">{next.map(button)}</div>}
      {groups.map(([group, inIt]) => (
        <div key={group} className="group" role="group" aria-label={t(`act.group.${group}`)}>
          <span className="soft">{t(`act.group.${group}`)}</span>
          <div className="buttons">{inIt.map(button)}</div>
        </div>
      ))}
      {not.length > 0 && (
        <details>
          <summary>{t("act.not", { count: not.length })}</summary>
          <ul className="not">
            {not.map((offer) => (
              <li key={offer.kind}>
                <b>{domain(`command.${offer.kind}`)}</b>
                {drafts.has(offer.kind) && (
                  <button type="button" className="link" onClick={() => show(offer.kind as Kind)}>
                    {t("act.draft")}
                  </button>
                )}
                <Opening offer={offer} has={has} onOpen={show} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Act({ kind, place, isNext, hasDraft, show }: { kind: Kind; place: number; isNext: boolean; hasDraft: boolean; show: (kind: Kind) => void }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <Button type={isNext ? "primary" : "default"} danger={TABLE[kind].grave ?? false} onClick={() => show(kind)}>
      {domain(`command.${kind}`)}
      {hasDraft && <span className="draft">{t("act.draft")}</span>}
      {place < DIGITS && <kbd className="wide">{place + 1}</kbd>}
    </Button>
  );
}
