/** Whoever was given a password chooses their own before anything else. */
import { App, Button } from "antd";
import { PasswordForm } from "@shared/passwords/form";
import { useEntrance, useSession } from "@shared/session";
import { useWords } from "@shared/words";
import "./page.css";

export function FirstPasswordPage() {
  const { t } = useWords();
  const { message } = App.useApp();
  const { askAgain, signOut } = useEntrance();
  const session = useSession();
  return (
    <main className="sign-in">
      <div className="card">
        <h1>{t("firstPassword.title")}</h1>
        <p className="soft">{t("firstPassword.text", { name: session.name })}</p>
        <PasswordForm
          done={() => {
            void message.success(t("me.changed"));
            askAgain();
          }}
        />
      </div>
      <Button type="link" onClick={() => void signOut()}>
        {t("signOut")}
      </Button>
    </main>
  );
}
