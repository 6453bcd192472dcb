/** Signing in: by name and password, or by a provider that is configured. */
import { Button, Input } from "antd";
import { useId, useState, type FormEvent } from "react";
import { ApiProblem } from "@shared/api/problems";
import { prefer, usePreferences } from "@shared/preferences";
import { useEntrance } from "@shared/session";
import { useCountdown } from "@shared/ui/countdown";
import { useWords } from "@shared/words";
import { useProviders } from "./queries";
import "./page.css";

export function SignInPage() {
  const { t } = useWords();
  return (
    <main className="sign-in">
      <div className="card">
        <h1>
          值守 <span lang="en">Zhishou</span>
        </h1>
        <p className="soft">{t("signIn.lead")}</p>
        <SignInForm />
        <Providers />
      </div>
      <LanguageSwitch />
    </main>
  );
}

/** Also stands in the dialog over a page whose session has ended: then `user` is who that was. */
export function SignInForm({ user: known = "" }: { user?: string }) {
  const { t } = useWords();
  const { signIn } = useEntrance();
  const [user, setUser] = useState(known);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const [wait, setWait] = useCountdown();
  const id = useId();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    setBusy(true);
    setWrong("");
    try {
      await signIn(user.trim(), password);
    } catch (error) {
      setPassword("");
      if (error instanceof ApiProblem) {
        setWrong(error.message);
        if (error.status === 429) setWait(error.retryAfter ?? 0);
      } else setWrong(t("noAnswer"));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} aria-describedby={wrong ? `${id}-wrong` : undefined}>
      <label className="field" htmlFor={`${id}-user`}>
        <span>{t("signIn.user")}</span>
        <Input
          id={`${id}-user`}
          size="large"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={100}
          required
          autoFocus={known === ""}
          value={user}
          onChange={(event) => setUser(event.target.value)}
        />
      </label>
      <label className="field" htmlFor={`${id}-password`}>
        <span>{t("signIn.password")}</span>
        <Input.Password
          id={`${id}-password`}
          size="large"
          autoComplete="current-password"
          maxLength={200}
          required
          data-first={known !== "" || undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <p id={`${id}-wrong`} role="alert" className="wrong">
        {wait > 0 ? t("signIn.wait", { seconds: wait }) : wrong}
      </p>
      <Button type="primary" size="large" block htmlType="submit" loading={busy} disabled={wait > 0}>
        {t("signIn.do")}
      </Button>
    </form>
  );
}

function Providers() {
  const { t } = useWords();
  const { language } = usePreferences();
  const { data } = useProviders();
  if (!data?.items.length) return null;
  return (
    <ul className="providers">
      {data.items.map((each) => (
        <li key={each.id}>
          <Button size="large" block href={each.href}>
            {t("signIn.by", { provider: each.name[language] ?? each.id })}
          </Button>
        </li>
      ))}
    </ul>
  );
}

function LanguageSwitch() {
  const { language } = usePreferences();
  const other = language === "zh" ? "en" : "zh";
  return (
    <Button type="link" lang={other === "en" ? "en" : "zh-CN"} onClick={() => prefer({ language: other })}>
      {other === "en" ? "English" : "中文"}
    </Button>
  );
}
