/** What was found in a pack: conflicts of its clauses, or values that are ours. */
import { usePreferences } from "@shared/preferences";
import type { WholePack } from "@shared/promises/queries";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { useLevels } from "./clauses";
import type { Finding } from "./queries";

export function Findings({ pack, items, none }: { pack: WholePack; items: Finding[]; none: string }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const levelsIn = useLevels(pack);
  if (items.length === 0) return <p className="card">{none}</p>;
  return (
    <ul className="findings card">
      {items.map((each) => (
        <li key={`${each.finding} ${each.clauses.join()} ${each.levels.join()} ${each.message.zh}`}>
          <p>{plainly(each.message[language])}</p>
          {each.levels.length > 0 && (
            <p className="soft">{t("packs.ofLevels", { levels: levelsIn(each.levels) })}</p>
          )}
        </li>
      ))}
    </ul>
  );
}
