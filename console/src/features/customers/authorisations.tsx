/** What a customer lets us do in its name for a time. */
import { App, Button } from "antd";
import { useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { instantOf, moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { Bars } from "@shared/ui/bars";
import type { Ask } from "@shared/ui/form/ask";
import { RecordForm } from "@shared/ui/form/record-form";
import { useWords } from "@shared/words";
import { authorise, revoke, useAuthorisations, useReadAnew, type Authorisation } from "./queries";

const CHANNELS = ["phone", "mail", "web", "mobile", "paper"] as const;

export function Authorisations({ customer }: { customer: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const { data } = useAuthorisations(customer);
  const [isOpen, setIsOpen] = useState(false);
  const take = async (each: Authorisation) => {
    try {
      await revoke(each);
      void message.success(t("customers.revoked"));
    } catch (error) {
      void message.error(error instanceof ApiProblem ? error.message : t("noAnswer"), 8);
    }
    readAnew();
  };
  return (
    <section className="card">
      <h2>{t("customers.authorisations")}</h2>
      <p className="soft">{t("customers.authorisationHint")}</p>
      {!data && <Bars rows={2} />}
      {data?.items.length === 0 && <p className="soft">{t("customers.noAuthorisations")}</p>}
      <ul>
        {data?.items.map((each) => (
          <li key={each.id}>
            <span dir="auto">{each.scope}</span> <span dir="auto">{each.granted_by}</span>
            {each.revoked_at ? (
              <span className="soft">{t("customers.isRevoked", { at: moment(each.revoked_at, serverNow()) })}</span>
            ) : (
              <>
                <span className="soft">{t("customers.until", { at: moment(each.expires_at, serverNow()) })}</span>
                <button type="button" className="link" onClick={() => void take(each)}>
                  {t("customers.revoke")}
                  <span className="only-read">{each.scope}</span>
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {!isOpen && (
        <p>
          <Button onClick={() => setIsOpen(true)}>{t("customers.authorise")}</Button>
        </p>
      )}
      {isOpen && <New customer={customer} close={() => setIsOpen(false)} />}
    </section>
  );
}

function New({ customer, close }: { customer: string; close: () => void }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const channels = CHANNELS.map((value) => ({ value: value as string, says: domain(`channel.${value}`) }));
  const asks: Ask[] = [
    { name: "scope", says: t("customers.scope"), kind: "text", needed: true },
    { name: "granted_by", says: t("customers.grantedBy"), needed: true },
    { name: "channel", says: t("customers.channel"), kind: "choice", needed: true, options: [{ value: "", says: t("choice.choose") }, ...channels] },
    { name: "evidence", says: t("customers.evidence"), needed: true, hint: t("customers.evidenceHint") },
    { name: "expires_at", says: t("customers.expires"), kind: "time", needed: true },
  ];
  return (
    <RecordForm
      name={`authorisation ${customer}`}
      asks={asks}
      says={t("customers.authorise")}
      send={({ expires_at: expires = "", ...values }) => authorise(customer, { ...values, expires_at: instantOf(expires) })}
      done={() => {
        readAnew();
        void message.success(t("customers.authorised"));
        close();
      }}
      close={close}
    />
  );
}
