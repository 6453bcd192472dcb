/** Everything that happened, by whom and when; what was refused, too. */
import { Segmented, Select } from "antd";
import { useMemo, useRef, useState } from "react";
import { TOLD } from "@shared/commands/fields";
import { useKeys, type Binding } from "@shared/keys/keys";
import type { Ticket } from "@shared/tickets/one";
import { ALARMS, type Entry } from "@shared/timeline/entries";
import { Entries } from "@shared/timeline/list";
import type { Order } from "@shared/timeline/queries";
import { useWords } from "@shared/words";

/** Which entries: all, those that the customer reads too, alarms, what was refused. */
const OF = {
  all: [],
  told: [...TOLD] as Entry["happening"][],
  alarms: ALARMS,
  refused: ["command_refused"],
} satisfies Record<string, Entry["happening"][]>;
type Which = keyof typeof OF;
const WHICH = Object.keys(OF) as Which[];

export function Timeline({ ticket }: { ticket: Ticket }) {
  const { t } = useWords();
  const [which, setWhich] = useState<Which>("all");
  const [order, setOrder] = useState<Order>("-seq");
  const head = useRef<HTMLHeadingElement>(null);
  useKeys(
    useMemo<Binding[]>(() => [{ keys: "t", does: t("timeline.keys"), run: () => head.current?.focus() }], [t]),
  );
  return (
    <section className="card">
      <div className="timeline-head">
        <h2 ref={head} tabIndex={-1}>
          {t("timeline.title")}
        </h2>
        <Segmented<Which>
          aria-label={t("timeline.which")}
          size="small"
          value={which}
          onChange={setWhich}
          options={WHICH.map((value) => ({ value, label: t(`timeline.${value}`) }))}
        />
        <Select<Order>
          aria-label={t("timeline.order")}
          size="small"
          value={order}
          onChange={setOrder}
          options={[
            { value: "-seq", label: t("timeline.newest") },
            { value: "seq", label: t("timeline.oldest") },
          ]}
        />
      </div>
      <Entries ticket={ticket} asked={{ happening: OF[which], order }} />
    </section>
  );
}
