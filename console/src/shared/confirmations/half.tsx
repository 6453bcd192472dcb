/** Half of a password to hand out, shown this once: nobody can show it again, and only its owner is told both. */
import { Button } from "antd";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";

export function Half({ person, half, which, close }: { person: string; half: string; which: "first" | "second"; close: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t(`waiting.half.${which}`, { person })} className="once-shown">
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
