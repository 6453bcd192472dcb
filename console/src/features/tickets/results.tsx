/** What became of a batch, ticket by ticket. */
import { Button } from "antd";
import { spaced } from "@shared/tickets/number";
import { useWords } from "@shared/words";
import { counted, isFailed, type Batch, type RowState } from "./batch";

interface Given {
  batch: Batch;
  onStop: () => void;
  onRetry: () => void;
  onClose: () => void;
  onDrop: () => void;
}

const SIGNS: Record<RowState, string> = { waiting: "○", sending: "…", asked: "…", lost: "?", accepted: "✓", refused: "✕" };

export function Results({ batch, onStop, onRetry, onClose, onDrop }: Given) {
  const { t } = useWords();
  const { accepted, refused, lost, open, isOver } = counted(batch);
  const failed = batch.rows.filter(isFailed).length;
  return (
    <div className="results">
      <p role="status">{t(isOver ? "bulk.over" : "bulk.under", { accepted, failed: refused + lost, open })}</p>
      <progress max={batch.rows.length} value={accepted + refused + lost} aria-label={t("bulk.progress")} />
      {/* A long list is scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul tabIndex={0} aria-label={t("bulk.results")}>
        {batch.rows.map((row) => (
          <li key={row.number} className={row.is}>
            <span className="sign-of" aria-hidden="true">
              {SIGNS[row.is]}
            </span>
            <span className="number">{spaced(row.number)}</span>
            <span className="title" dir="auto">
              {row.title}
            </span>
            <span className="fate">
              <b>{t(`bulk.is.${row.is}`)}</b> {row.says}
            </span>
          </li>
        ))}
      </ul>
      <div className="send">
        {!isOver && !batch.isStopped && <Button onClick={onStop}>{t("bulk.stop")}</Button>}
        {isOver && failed + open > 0 && (
          <Button type="primary" onClick={onRetry}>
            {open > 0 ? t("bulk.goOn", { count: failed + open }) : t("bulk.retry", { count: failed })}
          </Button>
        )}
        <Button onClick={onClose}>{t("close")}</Button>
        {isOver && failed + open > 0 && (
          <button type="button" className="link" onClick={onDrop}>
            {t("bulk.drop")}
          </button>
        )}
      </div>
    </div>
  );
}
