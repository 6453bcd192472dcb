/** How a screen comes to its token: once, by whoever puts it up. */
import { Button } from "antd";
import { useId, useState, type FormEvent } from "react";
import { AskField } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";

const KEY = "zhishou.wall";

/** The one that this browser has. */
export function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function Entering({ why, enter }: { why: string | undefined; enter: (token: string) => void }) {
  const { t } = useWords();
  const id = useId();
  const [token, setToken] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      localStorage.setItem(KEY, token.trim());
    } catch {
      // a browser that keeps nothing asks anew each time
    }
    enter(token.trim());
  };
  return (
    <main className="wall-entering">
      <form className="card record-form" onSubmit={submit}>
        <h1 className="whole">{t("wall.title")}</h1>
        <p className="whole">{t("wall.needs")}</p>
        <AskField ask={{ name: "token", says: t("wall.token"), kind: "secret", needed: true }} id={id} value={token} wrong={why} change={setToken} />
        <footer>
          <Button type="primary" htmlType="submit" disabled={token.trim() === ""}>
            {t("wall.enter")}
          </Button>
          <a href="/">{t("elsewhere.home")}</a>
        </footer>
      </form>
    </main>
  );
}
