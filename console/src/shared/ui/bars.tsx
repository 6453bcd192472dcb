/** Something is on its way: grey bars once it takes longer than people notice, words once it takes long. */
import { useEffect, useState } from "react";
import { useWords } from "@shared/words";

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
      {since === "long" && <p role="status">{t("stillLoading")}</p>}
    </div>
  );
}
