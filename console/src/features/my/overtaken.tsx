/** What somebody was writing when it was answered otherwise: it is not taken from them without a word. */
import { Button } from "antd";
import { useNow } from "@shared/clock/ticker";
import type { Kept } from "@shared/commands/draft";
import type { Kind } from "@shared/commands/fields";
import { draftKey } from "@shared/drafts/drafts";
import { tabDraft } from "@shared/drafts/tabs";
import { useSession } from "@shared/session";
import { useAddress } from "@shared/ui/address";
import { Copy } from "@shared/ui/copy";
import { useWords } from "@shared/words";
import { writtenOf } from "./answers";

/** `isThere`: whether an act can still be done, in this card where it has one. */
export function Overtaken({ number, isThere }: { number: string; isThere: (kind: string, of: string | null) => boolean }) {
  const { t } = useWords();
  const { id } = useSession();
  const [place, change] = useAddress();
  useNow(); // it is kept a moment after the last key
  const [kind, of] = [place.get("act"), place.get("of")];
  if (kind === null || isThere(kind, of)) return null;
  const draft = tabDraft<Kept>(draftKey(id, number, [kind, of].filter(Boolean).join(" ")));
  const written = writtenOf(kind as Kind, draft.read()?.holds);
  if (written === undefined) return null;
  const close = () => {
    draft.drop();
    change((now) => {
      now.delete("act");
      now.delete("of");
    });
  };
  return (
    <section className="card" role="alert">
      <p>{t("my.overtaken")}</p>
      <p className="said" dir="auto">
        {written}
      </p>
      <div className="buttons">
        <Button onClick={close}>{t("close")}</Button>
        <Copy text={written} />
      </div>
    </section>
  );
}
