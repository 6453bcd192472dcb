/** Some of what may be done on a ticket, under one heading: the buttons, or the form of what was chosen. */
import { Button } from "antd";
import { useRef, type ReactNode } from "react";
import type { Kind, Offer } from "@shared/commands/fields";
import { CommandForm } from "@shared/commands/form";
import { useIntoForm } from "@shared/commands/into-form";
import { useCalled } from "@shared/commands/naming";
import type { Offers } from "@shared/commands/queries";
import { useTellRecorded } from "@shared/commands/recorded";
import { TABLE } from "@shared/commands/table";
import { begun } from "@shared/drafts/drafts";
import { useSession } from "@shared/session";
import { useAddress } from "@shared/ui/address";
import { useWords } from "@shared/words";
import { firstOf } from "./answers";

interface Given {
  title: string;
  /** Which card it is, where several hold the same act. */
  of?: string;
  offers: Offers;
  /** Those of them that stand here; the first is what one would do first. */
  shown: readonly Offer[];
  /** Nothing of it is more likely than the rest. */
  isEven?: boolean;
  children?: ReactNode;
}

export function Doing({ title, of = "", offers, shown, isEven = false, children }: Given) {
  const { t } = useWords();
  const called = useCalled();
  const head = useRef<HTMLHeadingElement>(null);
  const tellRecorded = useTellRecorded();
  const [place, change] = useAddress();
  const drafts = begun(useSession().id, offers.number);
  const isHere = (place.get("of") ?? of) === of;
  const open = isHere ? shown.find(({ kind }) => kind === place.get("act")) : undefined;
  const intoForm = useIntoForm(head, open?.kind);
  const show = (kind: string | undefined) => {
    change((now) => {
      now.delete("of");
      if (kind) now.set("act", kind);
      else now.delete("act");
      if (kind && of && shown.some((each) => each.kind === kind)) now.set("of", of);
    });
    head.current?.focus();
    intoForm(kind, false);
  };
  const drafted = (kind: string) => [kind, of].filter(Boolean).join(" ");
  return (
    <section className="card acts">
      <h2 ref={head} tabIndex={-1}>
        {title}
      </h2>
      {children}
      {open ? (
        <CommandForm
          key={open.kind}
          drafted={drafted(open.kind)}
          number={offers.number}
          seq={offers.acted}
          offer={open}
          first={firstOf(open)}
          onClose={() => show(undefined)}
          onAccepted={(decision) => {
            tellRecorded(decision);
            show(undefined);
          }}
          has={(kind) => offers.items.some((each) => each.kind === kind)}
          onOpen={show}
        />
      ) : (
        <div className="buttons">
          {shown.map(({ kind }, at) => (
            <Button key={kind} type={at === 0 && !isEven ? "primary" : "default"} danger={TABLE[kind as Kind].grave ?? false} onClick={() => show(kind)}>
              {called(kind)}
              {drafts.has(drafted(kind)) && <span className="draft">{t("act.draft")}</span>}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
