/** All keys that act at the moment. */
import { Button } from "antd";
import { bound } from "@shared/keys/keys";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";

/** As keyboards have it written on them. */
const SIGNS: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑", PageDown: "PgDn", PageUp: "PgUp", mod: "Ctrl" };
const written = (keys: string) => keys.split("+").map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)).join(" ");

export function KeysHelp({ close }: { close: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t("keys.help")} onClose={close}>
      <dl className="keys">
        {bound().map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{written(key)}</kbd>
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
