/** Signing in on the phone: it lasts the whole day, also where no network is. */
import { useState, type FormEvent } from "react";
import { ApiProblem } from "@shared/api/problems";
import { prefer, usePreferences } from "@shared/preferences";
import { openOf, others } from "../outbox/acts";
import { go } from "../route";
import { signIn } from "../meeting";
import { now, usePhone } from "../state";
import { t } from "../words";

export function SignInPage() {
  const { me, over, acts } = usePhone();
  const last = me ?? over;
  const waiting = over ? openOf(acts, over.id).length : 0;
  const { language } = usePreferences();
  const [user, setUser] = useState(last?.id ?? "");
  const [password, setPassword] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [wrong, setWrong] = useState("");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    setWrong("");
    try {
      await signIn(user.trim(), password);
      const isAnother = last !== undefined && now().me?.id !== last.id;
      if (isAnother || location.pathname.startsWith("/m/sign-in")) go("/m/", true);
    } catch (error) {
      setPassword("");
      setWrong(error instanceof ApiProblem ? error.message : t("phone.noAnswer"));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <main className="entrance">
      <h1>值守</h1>
      <p className="soft">{t("signIn.lead")}</p>
      {over && <p role="status">{waiting > 0 ? t("phone.signInToSend", { count: waiting }) : t("phone.signInAgain")}</p>}
      {others(acts, last?.id).map(({ name, count }) => (
        <p key={name} className="soft">
          {t("phone.ofOthers", { name, count })}
        </p>
      ))}
      <form onSubmit={(event) => void submit(event)}>
        <label>
          <span>{t("signIn.user")}</span>
          <input name="user" autoComplete="username" autoCapitalize="none" required value={user} onChange={(event) => setUser(event.target.value)} />
        </label>
        <label>
          <span>{t("signIn.password")}</span>
          <input type="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.target.value)} />
        </label>
        {wrong && (
          <p className="wrong" role="alert">
            {wrong}
          </p>
        )}
        <button type="submit" className="big" disabled={isBusy}>
          {t("signIn.do")}
        </button>
      </form>
      <button type="button" className="plain" lang={language === "zh" ? "en" : "zh-CN"} onClick={() => prefer({ language: language === "zh" ? "en" : "zh" })}>
        {language === "zh" ? "English" : "中文"}
      </button>
    </main>
  );
}
