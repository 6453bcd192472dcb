/** What goes with a command: files that the ticket has by then. */
import { AddFiles, type Bringing } from "@shared/attachments/adding";
import { isShown } from "@shared/attachments/kinds";
import { addressOf, useAttachments } from "@shared/attachments/queries";
import { useWords } from "@shared/words";

export const FILES = "attachments";
/** As many as a command takes. */
export const MOST_FILES = 20;

/** The ids that a form holds under one name. */
export const idsOf = (held: string | undefined): string[] => (held ? held.split(" ") : []);

interface Given {
  number: string;
  held: string | undefined;
  hold: (ids: string) => void;
  bringing: Bringing;
  disabled: boolean;
  readers: string | undefined;
  wrong: string | undefined;
}

export function FilesOf({ number, held, hold, bringing, disabled, readers, wrong }: Given) {
  const { t } = useWords();
  const { data } = useAttachments(number);
  const known = data?.pages.flatMap(({ items }) => items) ?? [];
  const ids = idsOf(held);
  return (
    <div className="ask" data-path={FILES} role="group" aria-label={t("files.title")}>
      <div className="asked">
        <span>{t("files.title")}</span>
        <span className="soft">{t("act.optional")}</span>
        {readers && <span className={readers === t("act.oursOnly") ? "soft" : "mark"}>{readers}</span>}
      </div>
      {ids.length > 0 && (
        <ul className="chosen-files">
          {ids.map((id) => {
            const file = known.find((each) => each.id === id);
            const name = file?.name ?? id;
            return (
              <li key={id}>
                <a href={addressOf(number, id, isShown(file?.media_type ?? ""))} target="_blank" rel="noopener noreferrer" dir="auto">
                  {name}
                </a>
                <button type="button" className="link" disabled={disabled} onClick={() => hold(ids.filter((each) => each !== id).join(" "))}>
                  {t("files.remove")}
                  <span className="only-read"> {name}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <AddFiles bringing={bringing} disabled={disabled} />
      {wrong && (
        <span className="wrong" role="alert">
          {wrong}
        </span>
      )}
    </div>
  );
}
