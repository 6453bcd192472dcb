/** What went wrong with a page's data, in words, with what to do. */
import { Button } from "antd";
import { Link } from "react-router";
import { ApiProblem } from "@shared/api/problems";
import { Bars } from "./bars";
import { useWords } from "@shared/words";

export function Trouble({ error, again }: { error: Error; again: () => void }) {
  const { t } = useWords();
  const problem = error instanceof ApiProblem ? error : undefined;
  // The dialog over the page says so, and what to do; the page waits for it.
  if (problem?.status === 401) return <Bars />;
  return (
    <div className="card broken" role="alert">
      <p>{problem?.status === 404 ? t("elsewhere.notHere") : problem ? problem.message : t("noAnswer")}</p>
      {problem?.told.request_id && problem.status >= 500 && (
        <p className="soft">{t("requestId", { id: problem.told.request_id })}</p>
      )}
      {problem?.status === 404 ? <Link to="/">{t("elsewhere.home")}</Link> : <Button onClick={again}>{t("again")}</Button>}
    </div>
  );
}
