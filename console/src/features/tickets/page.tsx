/** The queue: what is asked for stands in the address, so that a colleague sees the same. */
import { Button } from "antd";
import { Suspense, useMemo, useRef, useState, type ComponentType } from "react";
import { clock } from "@shared/clock/beijing";
import { usePreferences } from "@shared/preferences";
import { useSession } from "@shared/session";
import { useStanding } from "@shared/tickets/levels";
import type { TicketLine } from "@shared/tickets/queries";
import { useAddress } from "@shared/ui/address";
import { Bars } from "@shared/ui/bars";
import { useIsNarrow } from "@shared/ui/media";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { askedBy, isFiltered, widen } from "@shared/tickets/asked";
import { useKeptViews, viewLike } from "@shared/tickets/views";
import { Beside } from "./beside";
import { Bulk, useBulkKinds } from "./bulk";
import { useColumns } from "./columns";
import { Chips } from "./filters";
import { Grid, type Moves } from "./grid";
import { Head } from "./head";
import { told } from "./held";
import { useQueueKeys } from "./keys";
import { LiveBar } from "./live-bar";
import { usePlace } from "./place";
import { useQueue } from "./queue";
import { allOrNone, ranged, toggled, type Selection } from "./selection";
import { MOST } from "./window";
import "./page.css";

const ROWS = { roomy: 40, compact: 32, card: 76 };

export default function TicketsPage({ beside }: { beside: ComponentType<{ number: string }> }) {
  const { t } = useWords();
  const [address, changeAddress] = useAddress({ inSteps: true });
  const session = useSession();
  const { density } = usePreferences();
  const isNarrow = useIsNarrow();
  const row = ROWS[isNarrow ? "card" : density];
  const queue = useQueue(address, session);
  const { held, error, readAnew } = queue;
  const [columns, chooseColumns] = useColumns(viewLike(useKeptViews(), askedBy(address)));
  const moves = useRef<Moves | null>(null);
  const { active, setActive, open, apply } = usePlace({ queue, moves });
  const [selection, setSelection] = useState<Selection>(new Set());
  const isSelecting = useBulkKinds().length > 0;
  const gravity = useGravity();
  const news = useMemo(() => (held ? told(held, gravity) : undefined), [held, gravity]);
  const actions = useMemo(() => {
    const order = held?.order ?? [];
    return {
      order,
      select: (number: string, isRange: boolean) => {
        const [from, to] = [active === undefined ? -1 : order.indexOf(active), order.indexOf(number)];
        setSelection((before) => (isRange && from >= 0 ? ranged(before, order, from, to) : toggled(before, number)));
        setActive(number);
      },
      selectAll: () => setSelection((before) => allOrNone(before, order)),
      extend: (from: number, to: number) => setSelection((before) => ranged(before, order, from, to)),
    };
  }, [held?.order, active, setActive]);
  useQueueKeys({ ...actions, active, setActive, open, apply, moves, isSelecting });

  const opened = address.get("open") ?? undefined;
  const isEmpty = held !== undefined && held.order.length === 0 && held.cursor === undefined;
  return (
    <div className={`queue ${density}${opened === undefined ? "" : " has-open"}`}>
      <div className="queue-list">
        <Head address={address} onChange={changeAddress} held={held} columns={columns} onColumns={chooseColumns} isCramped={isNarrow || opened !== undefined} />
        {!isNarrow && <Chips address={address} onChange={changeAddress} />}
        <LiveBar news={news} onApply={apply} />
        {error && held && (
          <p className="stale" role="alert">
            {t("queue.asOf", { at: clock(held.at) })} <Button size="small" onClick={() => void readAnew()}>{t("again")}</Button>
          </p>
        )}
        {error && !held && <Trouble error={error} again={() => void readAnew()} />}
        {!held && !error && <Bars rows={12} />}
        {isEmpty && <Empty isNarrowed={isFiltered(address)} onWiden={() => changeAddress(widen)} />}
        {held && !isEmpty && (
          <Grid
            held={held}
            row={row}
            columns={columns}
            active={active}
            selection={selection}
            open={opened}
            onSelect={isSelecting ? actions.select : undefined}
            onSelectAll={actions.selectAll}
            onOpen={open}
            onReach={queue.reach}
            moves={moves}
          />
        )}
        {held && held.order.length >= MOST && held.cursor !== undefined && <p className="soft">{t("queue.most", { count: MOST })}</p>}
        {isSelecting && (
          <Bulk
            selected={[...selection].map((number) => chosen(number, held?.lines.get(number)))}
            seqOf={(number) => held?.lines.get(number)?.seq}
            onClear={() => setSelection(new Set())}
          />
        )}
      </div>
      {opened !== undefined && (
        <Beside number={opened} onChange={changeAddress} onClosed={() => moves.current?.focus()}>
          <Suspense fallback={<Bars />}>{<Opened of={beside} number={opened} />}</Suspense>
        </Beside>
      )}
    </div>
  );
}

const chosen = (number: string, line: TicketLine | undefined) => ({ number, title: line?.title ?? "", seq: line?.seq ?? 0, pack: line?.pack });

function Opened({ of: Ticket, number }: { of: ComponentType<{ number: string }>; number: string }) {
  return <Ticket key={number} number={number} />;
}

function Empty({ isNarrowed, onWiden }: { isNarrowed: boolean; onWiden: () => void }) {
  const { t } = useWords();
  return (
    <div className="card nothing">
      <p>{t(isNarrowed ? "queue.noMatch" : "queue.nothing")}</p>
      {isNarrowed && <Button onClick={onWiden}>{t("queue.clear")}</Button>}
    </div>
  );
}

/** 0 is the gravest there is; a ticket without a level is no reason to hurry. */
function useGravity(): (line: TicketLine) => number {
  const standing = useStanding();
  return useMemo(
    () => (line: TicketLine) => {
      if (line.level === null) return 2;
      const { place, of } = standing(line.pack, line.level);
      return of === 0 ? 1 : place / of;
    },
    [standing],
  );
}
