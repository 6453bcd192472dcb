/** What became of what was sent, where it is not simply done. */
import { Button } from "antd";
import { useEffect } from "react";
import { useWords } from "@shared/words";
import { fieldOf } from "./body";
import { focusOn } from "./field";
import type { Fate } from "./sending";

/** Whoever sends has to come in anew first. */
const SIGNED_OUT: ReadonlySet<number> = new Set([401, 403]);

export function Fated({ fate, again }: { fate: Fate; again: () => void }) {
  const { t } = useWords();
  const problem = fate.is === "wrong" ? fate.problem : undefined;
  useEffect(() => {
    const first = problem?.told.errors?.[0];
    if (first) focusOn(fieldOf(first.field));
  }, [problem]);
  if (fate.is === "unknown") {
    return (
      <p className="card unanswered" role="status">
        {t(fate.problem && SIGNED_OUT.has(fate.problem.status) ? "opening.unsure" : "opening.unanswered")} <Button onClick={again}>{t("again")}</Button>
      </p>
    );
  }
  if (!problem) return null;
  const { status, message, retryAfter } = problem;
  return (
    <p className="refused" role="alert">
      {status === 429 ? t("opening.tooMany", { seconds: retryAfter ?? 60 }) : t("opening.notTaken", { detail: message })}
    </p>
  );
}
