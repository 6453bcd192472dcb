/** Who answers applications in the place of a customer's approvers, and for how long. */
import { App, Button } from "antd";
import { useState } from "react";
import { local } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useDoes } from "@shared/records/does";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import type { Ask } from "@shared/ui/form/ask";
import { RecordForm } from "@shared/ui/form/record-form";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { endDeputyship, nameDeputy, useDeputies, useReadAnew, type Deputy } from "./queries";

/** Who ends any; whoever else, their own and what they have recorded. */
const ENDS_ALL: ReadonlySet<string> = new Set(["project_manager", "duty_manager", "administrator"]);
const CHANNELS = ["phone", "mail", "web", "mobile", "paper"] as const;

/** `called`: the name of the customer, where whoever reads it stands for several. */
export function Deputies({ customer, called }: { customer: string; called?: string | undefined }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useDeputies(customer);
  return (
    <section className="card">
      <h2>
        {t("deputies.title")} {called && <span dir="auto">{called}</span>}
      </h2>
      <p className="soft">{t("deputies.hint")}</p>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={2} />}
      {data?.items.length === 0 && <p className="soft">{t("deputies.none")}</p>}
      <ul>
        {data?.items.map((each) => (
          <One key={each.id} deputy={each} />
        ))}
      </ul>
      {isOpen ? (
        <New customer={customer} close={() => setIsOpen(false)} />
      ) : (
        <p>
          <Button onClick={() => setIsOpen(true)}>{t("deputies.name")}</Button>
        </p>
      )}
    </section>
  );
}

function One({ deputy }: { deputy: Deputy }) {
  const { t } = useWords();
  const { id, role } = useSession();
  const does = useDoes(useReadAnew(deputy.customer));
  const { approver, approver_name, deputy_name, starts_on: from, ends_on: to, ended_at: ended, recorded_by: by } = deputy;
  const isOver = ended !== null || to < local(serverNow()).slice(0, 10);
  const mayEnd = !isOver && (ENDS_ALL.has(role) || id === approver || id === by);
  return (
    <li>
      <span dir="auto">{t("deputies.one", { deputy: deputy_name, approver: approver_name })}</span>{" "}
      <span className="soft">{isOver ? t("deputies.over") : t("deputies.days", { from, to })}</span>
      {mayEnd && (
        <button type="button" className="link" onClick={() => void does(() => endDeputyship(deputy), t("deputies.ended"))}>
          {t("deputies.end")}
          <span className="only-read">{deputy_name}</span>
        </button>
      )}
    </li>
  );
}

function New({ customer, close }: { customer: string; close: () => void }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { message } = App.useApp();
  const { id, role } = useSession();
  const readAnew = useReadAnew(customer);
  const isOwn = role === "customer_approver";
  const channels = CHANNELS.map((value) => ({ value: value as string, says: domain(`channel.${value}`) }));
  const ofOthers: Ask[] = [
    { name: "approver", says: t("deputies.approver"), needed: true, hint: t("deputies.byName") },
    { name: "named_by", says: t("customers.grantedBy"), needed: true },
    { name: "channel", says: t("customers.channel"), kind: "choice", needed: true, options: [{ value: "", says: t("choice.choose") }, ...channels] },
    { name: "evidence", says: t("customers.evidence"), needed: true, hint: t("customers.evidenceHint") },
  ];
  const asks: Ask[] = [
    { name: "deputy", says: t("deputies.deputy"), needed: true, hint: t("deputies.byName") },
    { name: "starts_on", says: t("deputies.starts"), kind: "day", hint: t("deputies.fromToday") },
    { name: "ends_on", says: t("deputies.ends"), kind: "day", needed: true },
    ...(isOwn ? [] : ofOthers),
  ];
  return (
    <RecordForm
      name={`deputy ${customer}`}
      asks={asks}
      says={t("deputies.name")}
      send={(values) => nameDeputy(customer, { ...(isOwn && { approver: id }), ...filled(values) })}
      done={() => {
        void readAnew();
        void message.success(t("deputies.named"));
        close();
      }}
      close={close}
    />
  );
}

/** What nobody filled in is not said. */
const filled = (values: Record<string, string>) => Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
