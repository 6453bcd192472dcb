/** The few numbers above the rows. */
import { lastedSaid } from "@shared/clock/lasted";
import { usePreferences } from "@shared/preferences";
import { useWords } from "@shared/words";
import type { Wall } from "./queries";
import { gravest } from "./standing";

/** So many of those on duty have room. */
const NAMED = 3;

export function Figures({ wall }: { wall: Wall }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const { breaches_today: broken, approvals, lateness, on_duty: onDuty, open } = wall;
  const levels = open.map(({ level, tickets }) => `${level?.[language] ?? t("home.unclassified")} ${tickets}`);
  return (
    <dl className="wall-figures">
      <Figure says={t("wall.gravest")} is={gravest(wall)} isPressing={gravest(wall) > 0} />
      <Figure says={t("wall.broken")} is={broken} isPressing={broken > 0} />
      <Figure says={t("wall.approvals")} is={approvals} />
      <Figure says={t("wall.late")} is={lateness ? t(...lastedSaid(lateness.max_ms)) : "—"} />
      <Figure says={t("wall.open")} is={levels.join(" · ") || "0"} />
      <Figure says={t("onDuty")} is={onDuty.slice(0, NAMED).map(({ name, phone }) => [name, phone].filter(Boolean).join(" ")).join(" · ") || "—"} />
    </dl>
  );
}

function Figure({ says, is, isPressing = false }: { says: string; is: string | number; isPressing?: boolean }) {
  return (
    <div>
      <dt>{says}</dt>
      <dd className={isPressing ? "pressing" : undefined}>{is}</dd>
    </div>
  );
}
