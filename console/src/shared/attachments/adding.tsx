/** Files are chosen, dropped or pasted; each says how far it is and what became of it. */
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useRef, useState, useSyncExternalStore, type DragEvent, type ReactNode } from "react";
import { useNow } from "@shared/clock/ticker";
import { useWords } from "@shared/words";
import { bringing, type Attachment, type Coming, type Why } from "./bringing";
import { ACCEPTED, sizeSaid } from "./kinds";
import { attachmentsKey } from "./queries";
import "./adding.css";

/** What somebody brings to a ticket from one place of the page. */
export function useBringing(number: string, whenThere: (attachment: Attachment) => void) {
  const queries = useQueryClient();
  const [keeper] = useState(() => bringing(number));
  useEffect(() =>
    keeper.heed((attachment) => {
      void queries.invalidateQueries({ queryKey: attachmentsKey(number) });
      whenThere(attachment);
    }),
  );
  const all = useSyncExternalStore(keeper.subscribe, keeper.now);
  const isBusy = all.some(({ fate }) => fate.is !== "there" && fate.is !== "refused");
  useEffect(() => {
    if (!isBusy) return undefined;
    // Whoever leaves now leaves the file behind.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isBusy]);
  return { all, isBusy, add: keeper.add, again: keeper.again, forget: keeper.forget };
}

export type Bringing = ReturnType<typeof useBringing>;

/** Files that lie on the clipboard: pictures of a screen, most often. */
export const pasted = (data: DataTransfer | null) => [...(data?.files ?? [])];

const has = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files");

/** A part of the page onto which files can be dropped. */
export function Drop({ onFiles, children, className }: { onFiles: (files: File[]) => void; children: ReactNode; className: string }) {
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className={`${className}${isOver ? " drop-here" : ""}`}
      onDragOver={(event) => {
        if (!has(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        if (!has(event)) return;
        event.preventDefault();
        setIsOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}

export function AddFiles({ bringing: { all, add, again, forget }, disabled = false }: { bringing: Bringing; disabled?: boolean }) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="add-files">
        <Button size="small" disabled={disabled} onClick={() => input.current?.click()}>
          {t("files.add")}
        </Button>
        <span className="soft">{t("files.hint")}</span>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={ACCEPTED}
          aria-label={t("files.add")}
          onChange={({ target }) => {
            add([...(target.files ?? [])]);
            target.value = "";
          }}
        />
      </div>
      <ul className="coming">
        {all
          .filter(({ fate }) => fate.is !== "there")
          .map((each) => (
            <OnItsWay key={each.key} coming={each} again={() => again(each.key)} forget={() => forget(each.key)} />
          ))}
      </ul>
    </>
  );
}

function OnItsWay({ coming, again, forget }: { coming: Coming; again: () => void; forget: () => void }) {
  const { t } = useWords();
  const { fate, name, size } = coming;
  return (
    <li className={fate.is}>
      <span dir="auto">{name}</span> <span className="soft">{sizeSaid(size)}</span>
      {fate.is === "sending" && <progress max={100} value={fate.percent} aria-label={name} />}
      <Said coming={coming} />
      {fate.is === "waiting" && (
        <button type="button" className="link" onClick={again}>
          {t("files.again")}
        </button>
      )}
      <button type="button" className="link" onClick={forget}>
        {t("files.remove")}
        <span className="only-read"> {name}</span>
      </button>
    </li>
  );
}

function Said({ coming: { fate } }: { coming: Coming }) {
  const { t } = useWords();
  switch (fate.is) {
    case "shrinking":
      return <span>{t("files.shrinking")}</span>;
    case "sending":
      return <span>{fate.percent < 100 ? t("files.sending", { percent: fate.percent }) : t("files.checking")}</span>;
    case "waiting":
      return <Waiting until={fate.until} />;
    case "refused":
      return <Refused why={fate.why} />;
    default:
      return null;
  }
}

function Waiting({ until }: { until: number }) {
  const { t } = useWords();
  const seconds = Math.max(0, Math.ceil((until - useNow()) / 1000));
  return <span className="waiting-said">{t("files.waiting", { seconds })}</span>;
}

function Refused({ why }: { why: Why }) {
  const { t } = useWords();
  const detail = "says" in why ? why.says : why.ours === "tooLarge" ? t("files.tooLarge", { size: why.size }) : t(`files.${why.ours}`);
  return (
    <span className="wrong" role="alert">
      {t("files.refused", { detail })}
    </span>
  );
}
