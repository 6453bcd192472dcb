/** One's own settings: how the console looks and speaks, the password, and where one is signed in. */
import { Segmented, Switch } from "antd";
import type { ReactNode } from "react";
import { prefer, usePreferences, type Density, type Language, type Theme } from "@shared/preferences";
import { Waiting } from "@shared/confirmations/waiting";
import { Deputies } from "@shared/deputies/deputies";
import { PasswordForm } from "@shared/passwords/form";
import { useHasPhrases } from "@shared/phrases/queries";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { Channels } from "./channels";
import { Phrases } from "./phrases";
import { Sessions } from "./sessions";
import { Tokens } from "./tokens";
import "./page.css";

/** Of a customer's people: the approver themself, or the contact with the customer's writing. */
const DEPUTES: ReadonlySet<string> = new Set(["customer_approver", "customer_contact"]);

export default function MePage() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const session = useSession();
  const several = session.customers.length > 1;
  const hasPhrases = useHasPhrases();
  return (
    <div className="me">
      <h1>
        {session.name} <span className="soft">{domain(`role.${session.role}`)}</span>
      </h1>
      <Waiting />
      <Looks />
      {hasPhrases && <Phrases />}
      {DEPUTES.has(session.role) && session.customers.map((customer) => <Deputies key={customer} customer={customer} called={several ? (session.customer_names[customer] ?? customer) : undefined} />)}
      <section className="card">
        <h2>{t("channels.title")}</h2>
        <Channels />
      </section>
      <section className="card">
        <h2>{t("me.password")}</h2>
        <PasswordForm />
      </section>
      <section className="card">
        <h2>{t("me.sessions")}</h2>
        <Sessions />
      </section>
      <section className="card">
        <h2>{t("tokens.title")}</h2>
        <Tokens />
      </section>
    </div>
  );
}

function Looks() {
  const { t } = useWords();
  const { language, theme, density, singleKeys } = usePreferences();
  return (
    <section className="card">
      <Choice says={t("me.language")}>
        <Segmented<Language>
          value={language}
          onChange={(chosen) => prefer({ language: chosen })}
          options={[
            { value: "zh", label: "中文" },
            { value: "en", label: "English" },
          ]}
        />
      </Choice>
      <Choice says={t("me.theme")}>
        <Segmented<Theme>
          value={theme}
          onChange={(chosen) => prefer({ theme: chosen })}
          options={(["system", "light", "dark"] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </Choice>
      <Choice says={t("me.density")}>
        <Segmented<Density>
          value={density}
          onChange={(chosen) => prefer({ density: chosen })}
          options={(["roomy", "compact"] as const).map((value) => ({ value, label: t(`density.${value}`) }))}
        />
      </Choice>
      <Choice says={t("me.singleKeys")}>
        <Switch checked={singleKeys} onChange={(chosen) => prefer({ singleKeys: chosen })} aria-label={t("me.singleKeys")} />
      </Choice>
    </section>
  );
}

function Choice({ says, children }: { says: string; children: ReactNode }) {
  return (
    <div className="choice" role="group" aria-label={says}>
      <span>{says}</span>
      {children}
    </div>
  );
}
