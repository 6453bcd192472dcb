/** Above the queue: its views, what narrows it, its order, how many there are. */
import { FilterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { shown, useCounts } from "@shared/tickets/queries";
import { useWords } from "@shared/words";
import { Pick } from "@shared/ui/pick";
import { askedBy, FILTERS, is, sortOf, SORTS, viewed, viewOf, VIEWS } from "@shared/tickets/asked";
import { Export } from "./export";
import { Filters, FilterSheet } from "./filters";
import type { Held } from "./held";
import { Saved } from "./saved";

interface Given {
  address: URLSearchParams;
  onChange: (address: URLSearchParams) => void;
  held: Held | undefined;
  isCramped: boolean;
}

export function Head({ address, onChange, held, isCramped }: Given) {
  const { t } = useWords();
  const [isSheet, setIsSheet] = useState(false);
  const narrowing = FILTERS.flatMap((name) => address.getAll(name)).length;
  return (
    <>
      <div className="queue-head">
        <h1>{t("menu.tickets")}</h1>
        <Views address={address} />
        <Saved address={address} />
        {!isCramped && <Export address={address} />}
      </div>
      <div className="queue-head">
        {isCramped ? (
          <Button className="to-filter" icon={<FilterOutlined aria-hidden="true" />} onClick={() => setIsSheet(true)}>
            {t("queue.filter")}
            {narrowing > 0 && <b> {narrowing}</b>}
          </Button>
        ) : (
          <Filters address={address} onChange={onChange} />
        )}
        <span className="gap" />
        <span className="soft" role="status">
          {held && <Count held={held} />}
        </span>
        <Pick
          name={t("queue.sort")}
          options={SORTS.map((value) => ({ value, label: t(`queue.by.${value}`) }))}
          values={[sortOf(address)]}
          onPick={([chosen]) => {
            const next = new URLSearchParams(address);
            if (chosen === undefined) next.delete("sort");
            else next.set("sort", chosen);
            onChange(next);
          }}
        />
        {isCramped && <Export address={address} isCramped />}
      </div>
      {isSheet && <FilterSheet address={address} onChange={onChange} onClose={() => setIsSheet(false)} />}
    </>
  );
}

function Count({ held }: { held: Held }) {
  const { t } = useWords();
  if (held.total === undefined) return t(held.cursor === undefined ? "queue.count" : "queue.many", { count: held.order.length });
  return t(held.isExact ? "queue.count" : "queue.over", { count: held.total });
}

/** Whose number tells what to do. */
const COUNTED = ["mine", "soon", "late", "resolved"] as const;

function Views({ address }: { address: URLSearchParams }) {
  const { t } = useWords();
  const view = viewOf(address);
  const counts = useCounts(Object.fromEntries(COUNTED.map((each) => [each, askedBy(viewed(each))]))).data?.views;
  return (
    <nav className="views" aria-label={t("queue.views")}>
      {VIEWS.map((each) => (
        <Link key={each} to={`/tickets?${viewed(each)}`.replace(/\?$/, "")} aria-current={each === view ? "page" : undefined}>
          {t(`queue.${each}`)}
          {is(COUNTED, each) && counts?.[each] && <span className={each === "late" && counts[each].count > 0 ? "count pressing" : "count"}>{shown(counts[each])}</span>}
        </Link>
      ))}
    </nav>
  );
}
