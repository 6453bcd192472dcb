/** What has come since the queue was put in order. It waits until somebody asks for it. */
import { Button } from "antd";
import { useStanding } from "@shared/tickets/levels";
import { useWords } from "@shared/words";
import type { told } from "./held";

export function LiveBar({ news, onApply }: { news: ReturnType<typeof told> | undefined; onApply: () => void }) {
  const { t } = useWords();
  const standing = useStanding();
  const { changed = 0, arrived = 0, gravest } = news ?? {};
  const level = gravest?.level ? standing(gravest.pack, gravest.level).name : undefined;
  const said = [
    changed > 0 && t("queue.changed", { count: changed }),
    arrived > 0 && (level ? t("queue.arrivedOf", { count: arrived, level }) : t("queue.arrived", { count: arrived })),
  ].filter(Boolean);
  return (
    <div className="live-bar" role="status">
      {said.length > 0 && (
        <p>
          {t("queue.there", { what: said.join(t("queue.and")) })}
          <Button size="small" type="primary" onClick={onApply}>
            {t("queue.apply")} <kbd>R</kbd>
          </Button>
        </p>
      )}
    </div>
  );
}
