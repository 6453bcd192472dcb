/** Something is on its way: grey bars once it takes longer than people notice, words once it takes long. */
import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useWords } from "@shared/words";
import { askAnew, isAwaited } from "./anew";

const NOTICED_MS = 200;
const LONG_MS = 8000;

export function Bars({ rows = 3 }: { rows?: number }) {
  const { t } = useWords();
  const [since, setSince] = useState<"begun" | "noticed" | "long">("begun");
  useEffect(() => {
    const noticed = setTimeout(() => setSince("noticed"), NOTICED_MS);
    const long = setTimeout(() => setSince("long"), LONG_MS);
    return () => {
      clearTimeout(noticed);
      clearTimeout(long);
    };
  }, []);
  if (since === "begun") return null;
  return (
    <div className="bars" aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
      {since === "long" && (
        <p role="status">
          {t("stillLoading")} <Anew />
        </p>
      )}
    </div>
  );
}

/** Asks once more, for the line that was asked by may be dead. */
function Anew() {
  const { t } = useWords();
  const queries = useQueryClient();
  const awaited = useIsFetching({ predicate: isAwaited });
  if (awaited === 0) return null;
  return (
    <Button size="small" onClick={() => void askAnew(queries)}>
      {t("again")}
    </Button>
  );
}
