/** Where the browser has no network it says so: what stands on the page is as old as that. */
import { useSyncExternalStore } from "react";
import { useWords } from "@shared/words";

const CHANGES = ["online", "offline"] as const;

function subscribe(changed: () => void) {
  for (const each of CHANGES) addEventListener(each, changed);
  return () => {
    for (const each of CHANGES) removeEventListener(each, changed);
  };
}

export function Offline() {
  const { t } = useWords();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!isOnline && <p className="new-build">{t("offline")}</p>}
    </div>
  );
}
