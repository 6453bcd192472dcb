/** In the place of all pages, while somebody leaves: nobody reads over who has walked away. */
import { Button } from "antd";
import { useWhyNot } from "@shared/records/does";
import { useEntrance } from "@shared/session";
import { useWords } from "@shared/words";

export function Leaving({ forgets, why }: { forgets: boolean; why: unknown }) {
  const { t } = useWords();
  const whyNot = useWhyNot();
  const { askAgain, signOut } = useEntrance();
  if (why === undefined) {
    return (
      <main className="sign-in">
        <p role="status">{t("leaving.now")}</p>
      </main>
    );
  }
  return (
    <main className="sign-in">
      <div className="card" role="alert">
        <p>{t("leaving.failed")}</p>
        <p className="wrong">{whyNot(why)}</p>
        <div className="buttons">
          <Button type="primary" onClick={() => void signOut(forgets)}>
            {t("again")}
          </Button>
          <Button onClick={askAgain}>{t("leaving.stay")}</Button>
        </div>
      </div>
    </main>
  );
}
