/** Keeps the present list under a name. */
import type { Asked } from "@shared/tickets/queries";
import { useKeeping, type KeptView } from "@shared/tickets/views";
import { Dialog } from "@shared/ui/dialog";
import { RecordForm } from "@shared/ui/form/record-form";
import { useWords } from "@shared/words";
import type { Shown } from "./columns";
import { nextPosition } from "./kept";

/** As the API has it. */
export const LONGEST_NAME = 60;

interface Given {
  asked: Asked;
  columns: Shown[];
  views: readonly KeptView[];
  onClose: () => void;
}

export function KeepView({ asked, columns, views, onClose }: Given) {
  const { t } = useWords();
  const { keep } = useKeeping();
  return (
    <Dialog title={t("views.keepTitle")} onClose={onClose} className="kept-form">
      <p className="soft">{t("views.keepHint")}</p>
      <RecordForm
        name="view"
        asks={[
          { name: "name", says: t("views.called"), needed: true, max: LONGEST_NAME },
          { name: "shared", says: t("views.shared"), kind: "flag" },
        ]}
        says={t("views.doKeep")}
        send={({ name = "", shared }) => keep({ name: name.trim(), query: asked, columns, shared: shared === "true", position: nextPosition(views) })}
        done={onClose}
        close={onClose}
      />
    </Dialog>
  );
}
