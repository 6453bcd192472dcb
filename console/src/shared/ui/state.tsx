/** Whether something is in use: never by colour alone. */
import { useWords } from "@shared/words";

export function InUse({ active }: { active: boolean }) {
  const { t } = useWords();
  return (
    <span className={`state ${active ? "on" : "off"}`}>
      <span aria-hidden="true">{active ? "●" : "○"}</span> {t(active ? "record.active" : "record.inactive")}
    </span>
  );
}
