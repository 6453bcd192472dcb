/** Above the queue: its views, what narrows it, its order, how many there are. */
import { FilterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { shown, useCounts } from "@shared/tickets/queries";
import { useSession } from "@shared/session";
import { addressFor, forRole } from "@shared/tickets/role";
import { useWords } from "@shared/words";
import type { Change } from "@shared/ui/address";
import { Pick } from "@shared/ui/pick";
import { askedBy, FILTERS, is, isSame, sortOf, SORTS, viewed, viewOf, VIEWS } from "@shared/tickets/asked";
import { OPTIONAL, type Column } from "./columns";
import { Export } from "./export";
import { Filters, FilterSheet } from "./filters";
import type { Held } from "./held";
import { Saved } from "./saved";

interface Given {
  address: URLSearchParams;
  onChange: Change;
  held: Held | undefined;
  columns: readonly Column[];
  onColumns: (chosen: string[]) => void;
  isCramped: boolean;
}

export function Head({ address, onChange, held, columns, onColumns, isCramped }: Given) {
  const { t } = useWords();
  const [isSheet, setIsSheet] = useState(false);
  const narrowing = FILTERS.flatMap((name) => address.getAll(name)).length;
  return (
    <>
      <div className="queue-head">
        <h1>{t("menu.tickets")}</h1>
        <Views address={address} />
        <Saved address={address} columns={columns} />
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
          onPick={(picked) =>
            onChange((now) => {
              const [chosen] = picked([sortOf(now)]);
              if (chosen === undefined) now.delete("sort");
              else now.set("sort", chosen);
            })
          }
        />
        {!isCramped && (
          <Pick name={t("queue.columns")} options={OPTIONAL.map((value) => ({ value, label: t(`queue.column.${value}`) }))} values={columns.filter((each) => each !== "title")} isMany isPlain onPick={(picked) => onColumns(picked(columns))} />
        )}
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
  const which = forRole(useSession().role);
  const roles = which && addressFor(which);
  const asked = Object.fromEntries(COUNTED.map((each) => [each, askedBy(viewed(each))]));
  const counts = useCounts(roles ? { ...asked, role: askedBy(roles) } : asked).data?.views;
  const isRoles = roles !== undefined && isSame(askedBy(roles), askedBy(address));
  return (
    <nav className="views" aria-label={t("queue.views")}>
      {VIEWS.map((each) => (
        <Link key={each} to={`/tickets?${viewed(each)}`.replace(/\?$/, "")} aria-current={each === view && !isRoles ? "page" : undefined}>
          {t(`queue.${each}`)}
          {is(COUNTED, each) && counts?.[each] && <span className={each === "late" && counts[each].count > 0 ? "count pressing" : "count"}>{shown(counts[each])}</span>}
        </Link>
      ))}
      {which && (
        <Link to={`/tickets?${roles}`} aria-current={isRoles ? "page" : undefined}>
          {t(`queue.forRole.${which}`)}
          {counts?.["role"] && <span className="count">{shown(counts["role"])}</span>}
        </Link>
      )}
    </nav>
  );
}
