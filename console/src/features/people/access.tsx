/** By what somebody enters: browsers, tokens, identity providers. */
import { App, Button } from "antd";
import { useState, type ReactNode } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { Half } from "@shared/confirmations/half";
import { useReadAnew } from "@shared/confirmations/queries";
import { browserOf } from "@shared/records/browser";
import { useDoes } from "@shared/records/does";
import { useRightsSaid } from "@shared/records/rights-said";
import { RecordForm } from "@shared/ui/form/record-form";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { useWords } from "@shared/words";
import { askPassword, bindIdentity, endSessions, revokeToken, unbindIdentity, useAccess, type Person } from "./queries";

const at = (instant: string) => moment(instant, serverNow());

export function Access({ person }: { person: Person }) {
  const { t } = useWords();
  const { sessions, tokens, identities } = useAccess(person.id);
  const rights = useRightsSaid();
  const does = useDoes(useReadAnew());
  const isOwn = useSession().id === person.id;
  const [isBinding, setIsBinding] = useState(false);
  const isIn = (sessions.data?.items.length ?? 0) + (tokens.data?.items.length ?? 0) > 0;
  return (
    <section className="card">
      <h2>{t("people.access")}</h2>
      <Several title={t("people.sessions")} items={sessions.data?.items} none={t("people.noSessions")}>
        {(each) => (
          <li key={each.id}>
            <span dir="auto">{browserOf(each.agent)}</span> <span className="soft">{each.address}</span>
            <span className="soft">{t("me.lastUsed", { at: at(each.last_used_at) })}</span>
          </li>
        )}
      </Several>
      <Several title={t("people.tokens")} items={tokens.data?.items} none={t("people.noTokens")}>
        {(each) => (
          <li key={each.id}>
            <span dir="auto">{each.name}</span> <span className="soft">{rights(each.scopes)}</span>
            <span className="soft">{t("people.until", { at: at(each.expires_at) })}</span>
            <button
              type="button"
              className="link"
              onClick={() => void does(() => revokeToken(person.id, each.id), t("people.revoked"))}
            >
              {t("people.revoke")}
              <span className="only-read">{each.name}</span>
            </button>
          </li>
        )}
      </Several>
      {person.active && !isOwn && <HandOut person={person} does={does} />}
      {isIn && (
        <p>
          <Button onClick={() => void does(() => endSessions(person.id), t("people.ended"))}>{t("people.endAll")}</Button>{" "}
          <span className="soft">{t("people.endAllHint")}</span>
        </p>
      )}
      <Several title={t("people.identities")} items={identities.data?.items} none={t("people.noIdentities")}>
        {(each) => (
          <li key={`${each.provider} ${each.subject}`}>
            <b>{each.provider}</b> <span dir="auto">{each.subject}</span>{" "}
            <span className="soft">{t("people.boundBy", { who: each.bound_by })}</span>
            <button type="button" className="link" onClick={() => void does(() => unbindIdentity(person.id, each), t("people.unbound"))}>
              {t("people.unbind")}
              <span className="only-read">{each.subject}</span>
            </button>
          </li>
        )}
      </Several>
      {!isBinding && (
        <p>
          <Button onClick={() => setIsBinding(true)}>{t("people.bind")}</Button>
        </p>
      )}
      {isBinding && <Bind person={person} close={() => setIsBinding(false)} />}
    </section>
  );
}

function HandOut({ person, does }: { person: Person; does: ReturnType<typeof useDoes> }) {
  const { t } = useWords();
  const [half, setHalf] = useState<string>();
  const asks = async () => setHalf((await askPassword(person.id)).half);
  return (
    <>
      <p>
        <Button onClick={() => void does(asks, t("people.passwordAsked"))}>{t("people.givePassword")}</Button>{" "}
        <span className="soft">{t("people.givePasswordHint")}</span>
      </p>
      {half && <Half name={person.name} half={half} which="first" close={() => setHalf(undefined)} />}
    </>
  );
}

function Bind({ person, close }: { person: Person; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const asks = [
    { name: "provider", says: t("people.provider"), needed: true, hint: t("people.providerHint") },
    { name: "subject", says: t("people.subject"), needed: true, max: 255, hint: t("people.subjectHint") },
  ];
  return (
    <RecordForm
      name={`identity ${person.id}`}
      asks={asks}
      says={t("people.bind")}
      send={async ({ provider = "", subject = "" }) => {
        const { response } = await bindIdentity(person.id, provider.trim(), subject.trim());
        void message.info(t(response.status === 202 ? "people.waitsForSecond" : "people.bound"), 8);
      }}
      done={() => {
        readAnew();
        close();
      }}
      close={close}
    />
  );
}

interface Given<T> {
  title: string;
  items: T[] | undefined;
  none: string;
  children: (item: T) => ReactNode;
}

function Several<T>({ title, items, none, children }: Given<T>) {
  return (
    <div>
      <b>{title}</b>
      {!items && <Bars rows={1} />}
      {items?.length === 0 && <p className="soft">{none}</p>}
      <ul>{items?.map(children)}</ul>
    </div>
  );
}
