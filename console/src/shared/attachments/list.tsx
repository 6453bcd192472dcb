/** The files of the ticket: looked at, saved, and brought. */
import { Button } from "antd";
import { useEffect } from "react";
import { AddFiles, Drop, pasted, useBringing } from "@shared/attachments/adding";
import type { Attachment } from "@shared/attachments/bringing";
import { isShown, sizeSaid } from "@shared/attachments/kinds";
import { addressOf, useAttachments } from "@shared/attachments/queries";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { Bars } from "@shared/ui/bars";
import { Copy } from "@shared/ui/copy";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";

export function Attachments({ number, mayAdd }: { number: string; mayAdd: boolean }) {
  const { t } = useWords();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useAttachments(number);
  const files = data?.pages.flatMap(({ items }) => items);
  const own = useBringing(number, () => undefined);
  const { add } = own;
  useEffect(() => {
    // A picture of the screen is pasted anywhere but into a form, which takes its own.
    const paste = (event: ClipboardEvent) => {
      const found = mayAdd ? pasted(event.clipboardData) : [];
      if (found.length === 0 || (event.target as HTMLElement).closest("form, input, textarea")) return;
      event.preventDefault();
      add(found);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [add, mayAdd]);
  return (
    <Drop className="card" onFiles={mayAdd ? add : () => undefined}>
      <section aria-labelledby="attachments-of">
        <h2 id="attachments-of">
          {t("files.title")} {files && files.length > 0 && <span>{hasNextPage ? `${files.length}+` : files.length}</span>}
        </h2>
        {error && !data && <Trouble error={error} again={() => void refetch()} />}
        {!data && !error && <Bars rows={2} />}
        {files?.length === 0 && <p className="soft">{t("files.none")}</p>}
        <ul className="files">
          {files?.map((file) => (
            <File key={file.id} number={number} file={file} />
          ))}
        </ul>
        {hasNextPage && (
          <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("files.more")}
          </Button>
        )}
        {mayAdd && <AddFiles bringing={own} />}
      </section>
    </Drop>
  );
}

function File({ number, file }: { number: string; file: Attachment }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const isPicture = isShown(file.media_type);
  const address = file.erased ? undefined : addressOf(number, file.id, isPicture);
  const role = domain(`role.${file.role}`);
  const ending = file.name.split(".").at(-1)?.toUpperCase().slice(0, 5);
  return (
    <li>
      <a className="thumb" href={address} target="_blank" rel="noopener noreferrer" tabIndex={-1} aria-hidden="true">
        {isPicture && address ? <img src={address} alt="" loading="lazy" decoding="async" /> : ending}
      </a>
      <div>
        <a href={address} target="_blank" rel="noopener noreferrer" dir="auto">
          {file.name}
          {address && <span className="only-read"> {t(isPicture ? "files.opens" : "files.saves")}</span>}
        </a>
        <p className="about">
          {file.erased && <span className="mark">{t("files.erased")}</span>}
          <span className="soft">{sizeSaid(file.size)}</span>
          <span className="soft">{file.uploaded_by_name ? `${file.uploaded_by_name} · ${role}` : role}</span>
          <time className="soft" dateTime={file.uploaded_at}>
            {moment(file.uploaded_at, serverNow())}
          </time>
          <Copy text={file.id} says={t("files.copyId")} />
          {file.seen_by_customer !== undefined && (
            <span className={file.seen_by_customer ? "mark" : "soft"}>{t(file.seen_by_customer ? "act.customerReads" : "act.oursOnly")}</span>
          )}
        </p>
      </div>
    </li>
  );
}
