/** All keys that act at the moment. */
import { Button } from "antd";
import { bound } from "@shared/keys/keys";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";

export function KeysHelp({ close }: { close: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t("keys.help")} onClose={close}>
      <dl className="keys">
        {bound().map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key.replace("mod+", "Ctrl ").toUpperCase()}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">{t("keys.off")}</p>
      <Button onClick={close}>{t("close")}</Button>
    </Dialog>
  );
}
