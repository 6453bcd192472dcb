/** What is done with all selected tickets: chosen below the queue, filled in once, told ticket by ticket. */
import { Button } from "antd";
import { useState } from "react";
import { TABLE } from "@shared/commands/table";
import type { Kind } from "@shared/commands/fields";
import { useSession } from "@shared/session";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";
import { counted, isDone, type Chosen } from "./batch";
import { BulkForm } from "./bulk-form";
import { Results } from "./results";
import { useBatch } from "./sending";

/** What makes sense for many tickets at once. */
const KINDS = ["reassign", "classify", "pause", "note"] as const satisfies readonly Kind[];

/** Whether a role has anything to do with many tickets. */
export const useBulkKinds = () => {
  const { commands } = useSession();
  return KINDS.filter((kind) => commands.includes(kind));
};

interface Given {
  selected: Chosen[];
  /** The last entry that is known of a ticket. */
  seqOf: (number: string) => number | undefined;
  onClear: () => void;
}

export function Bulk({ selected, seqOf, onClear }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const session = useSession();
  const kinds = useBulkKinds();
  const { batch, begin, stop, retry, drop } = useBatch(session.id);
  const [over, setOver] = useState<Kind | "results">();
  const close = () => {
    setOver(undefined);
    if (batch !== undefined && isDone(batch)) drop();
  };
  return (
    <>
      {batch !== undefined && over !== "results" && <Unfinished batch={batch} onShow={() => setOver("results")} />}
      {selected.length > 0 && (
        <div className="bulk-bar" role="toolbar" aria-label={t("bulk.name")}>
          <span role="status">{t("bulk.selected", { count: selected.length })}</span>
          {kinds.map((kind) => (
            <Button key={kind} disabled={batch !== undefined && !counted(batch).isOver} danger={TABLE[kind].grave ?? false} onClick={() => setOver(kind)}>
              {domain(`command.${kind}`)}
            </Button>
          ))}
          <button type="button" className="link" onClick={onClear}>
            {t("bulk.clear")}
          </button>
        </div>
      )}
      {over !== undefined && over !== "results" && (
        <Dialog title={t("bulk.title", { act: domain(`command.${over}`), count: selected.length })} onClose={close} className="bulk">
          <BulkForm
            kind={over}
            selected={selected}
            onClose={close}
            onSend={(next) => {
              begin(next);
              setOver("results");
            }}
          />
        </Dialog>
      )}
      {over === "results" && batch !== undefined && (
        <Dialog title={t("bulk.title", { act: domain(`command.${batch.kind}`), count: batch.rows.length })} onClose={close} className="bulk">
          <Results
            batch={batch}
            onStop={stop}
            onRetry={() => retry(seqOf)}
            onClose={close}
            onDrop={() => {
              drop();
              setOver(undefined);
            }}
          />
        </Dialog>
      )}
    </>
  );
}

/** A batch that somebody closed, or left by a reload, before all of it was decided. */
function Unfinished({ batch, onShow }: { batch: NonNullable<ReturnType<typeof useBatch>["batch"]>; onShow: () => void }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { accepted } = counted(batch);
  return (
    <p className="unfinished" role="status">
      {t("bulk.unfinished", { act: domain(`command.${batch.kind}`), accepted, count: batch.rows.length })}{" "}
      <Button size="small" onClick={onShow}>
        {t("bulk.show")}
      </Button>
    </p>
  );
}
