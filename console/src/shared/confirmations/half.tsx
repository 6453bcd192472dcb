/** Half of a password to hand out, shown this once: nobody can show it again, and only its owner is told both. */
import { Button } from "antd";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";

interface Given {
  /** Whose password it is. */
  name: string;
  half: string;
  /** `own`: the second one, shown to its owner. */
  which: "first" | "second" | "own";
  close: () => void;
}

export function Half({ name, half, which, close }: Given) {
  const { t } = useWords();
  return (
    <Dialog title={t(`waiting.half.${which}`, { name })} className="once-shown">
      <p>
        <code className="once">{half}</code>
      </p>
      <p>{t(`waiting.half.${which}Once`)}</p>
      <Button type="primary" onClick={close}>
        {t("waiting.half.noted")}
      </Button>
    </Dialog>
  );
}
