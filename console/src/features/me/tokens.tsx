/** Tokens of one's own, for programs that act in one's name: made, shown once, revoked. */
import { Button } from "antd";
import { useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { Copy } from "@shared/ui/copy";
import { RecordForm } from "@shared/ui/form/record-form";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { rightsIn, rightsOf, SCOPES_OF, type Rights } from "@shared/records/rights";
import { useTokens, type Token } from "./queries";

const at = (instant: string) => moment(instant, serverNow());

const DAYS = ["7", "30", "90", "365"] as const;
const LONGEST_NAME = 200;

export function Tokens() {
  const { t } = useWords();
  const { tokens, make, revoke } = useTokens();
  const [isMaking, setIsMaking] = useState(false);
  const [made, setMade] = useState<string>();
  if (tokens.error && !tokens.data) return <Trouble error={tokens.error} again={() => void tokens.refetch()} />;
  if (!tokens.data) return <Bars rows={2} />;
  return (
    <>
      <p className="soft">{t("tokens.hint")}</p>
      {made !== undefined && (
        <div className="made" role="status">
          <b>{t("tokens.once")}</b>
          <code>{made}</code>
          <span>
            <Copy text={made} />
          </span>
          <Button onClick={() => setMade(undefined)}>{t("tokens.kept")}</Button>
        </div>
      )}
      {tokens.data.items.length === 0 && <p>{t("tokens.none")}</p>}
      <ul className="signed-in">
        {tokens.data.items.map((each) => (
          <One key={each.id} token={each} revoke={() => revoke(each.id)} />
        ))}
      </ul>
      {isMaking ? <Make make={make} made={setMade} close={() => setIsMaking(false)} /> : <Button onClick={() => setIsMaking(true)}>{t("tokens.make")}</Button>}
    </>
  );
}

function One({ token, revoke }: { token: Token; revoke: () => Promise<unknown> }) {
  const { t } = useWords();
  const [fate, setFate] = useState<"asked" | "busy" | "failed">();
  const rights = rightsIn(token.scopes);
  const go = () => {
    setFate("busy");
    revoke().catch(() => setFate("failed"));
  };
  return (
    <li>
      <b dir="auto">{token.name}</b> <span className="soft">{rights ? t(`tokens.may.${rights}`) : token.scopes.join(" ")}</span>{" "}
      <span className="soft">{t("tokens.until", { at: at(token.expires_at) })}</span>{" "}
      <span className="soft">{token.last_used_at ? t("me.lastUsed", { at: at(token.last_used_at) }) : t("tokens.unused")}</span>{" "}
      {fate === undefined ? (
        <button type="button" className="link" onClick={() => setFate("asked")}>
          {t("tokens.revoke")}
          <span className="only-read">{token.name}</span>
        </button>
      ) : (
        <span className="revoking">
          <span role={fate === "failed" ? "alert" : undefined}>{t(fate === "failed" ? "noAnswer" : "tokens.revokeAsked")}</span>
          <Button danger size="small" loading={fate === "busy"} onClick={go}>
            {t("tokens.revoke")}
          </Button>
          <Button size="small" disabled={fate === "busy"} onClick={() => setFate(undefined)}>
            {t("tokens.stay")}
          </Button>
        </span>
      )}
    </li>
  );
}

interface Making {
  make: (name: string, rights: Rights, days: number) => Promise<string>;
  made: (token: string) => void;
  close: () => void;
}

function Make({ make, made, close }: Making) {
  const { t } = useWords();
  const options = rightsOf(useSession()).map((value) => ({ value, says: t(`tokens.may.${value}`) }));
  return (
    <RecordForm
      name="token"
      asks={[
        { name: "name", says: t("tokens.name"), needed: true, max: LONGEST_NAME, hint: t("tokens.nameHint") },
        { name: "scopes", says: t("tokens.rights"), kind: "choice", options },
        { name: "days", says: t("tokens.days"), kind: "choice", options: DAYS.map((value) => ({ value, says: t("tokens.for", { days: value }) })) },
      ]}
      begun={BEGUN}
      says={t("tokens.make")}
      send={async ({ name = "", scopes, days }) => made(await make(name.trim(), scopes !== undefined && scopes in SCOPES_OF ? (scopes as Rights) : "read", Number(days)))}
      done={close}
      close={close}
    />
  );
}

const BEGUN = { name: "", scopes: "read", days: "30" };
