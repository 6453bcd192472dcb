/** A customer: its particulars, its contracts, what it lets us do in its name, and how it leaves. */
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { Deputies } from "@shared/deputies/deputies";
import { useDoes, useWhyNot } from "@shared/records/does";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { Dialog } from "@shared/ui/dialog";
import { RecordForm } from "@shared/ui/form/record-form";
import { InUse } from "@shared/ui/state";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { customerValues, departmentsOf, useCustomerAsks } from "./asks";
import { Authorisations } from "./authorisations";
import { Contracts } from "./contracts";
import { changeCustomer, useCustomer, useReadAnew, type Customer } from "./queries";
import "@shared/records/records.css";

const AUTHORISES: ReadonlySet<string> = new Set(["administrator", "duty_manager", "project_manager"]);
const DEPUTES: ReadonlySet<string> = new Set([...AUTHORISES, "hotline"]);

export default function CustomerPage() {
  const { customer: id = "" } = useParams();
  const found = useCustomer(id);
  if (found.error && !found.data) return <Trouble error={found.error} again={() => void found.refetch()} />;
  if (!found.data) return <Bars rows={8} />;
  return <One customer={found.data} key={found.data.id} />;
}

function One({ customer }: { customer: Customer }) {
  const { t } = useWords();
  const { role } = useSession();
  const mayChange = role === "administrator";
  return (
    <div className="record">
      <p>
        <Link to="/customers">‹ {t("menu.customers")}</Link>
      </p>
      <h1>
        <span dir="auto">{customer.name}</span> <span className="soft">{customer.id}</span> <InUse active={customer.active} />
      </h1>
      {mayChange && <Known customer={customer} />}
      <Contracts customer={customer} mayChange={mayChange} />
      {AUTHORISES.has(role) && <Authorisations customer={customer.id} />}
      {DEPUTES.has(role) && <Deputies customer={customer.id} />}
      {mayChange && <Leave customer={customer} />}
    </div>
  );
}

function Known({ customer }: { customer: Customer }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const before = customerValues(customer);
  return (
    <section className="card">
      <h2>{t("customers.known")}</h2>
      <RecordForm
        name={`customer ${customer.id}`}
        version={customer.version}
        renew={readAnew}
        asks={useCustomerAsks(false)}
        begun={before}
        says={t("record.change")}
        send={(values, version) =>
          changeCustomer(customer.id, { name: values["name"]?.trim(), departments: departmentsOf(values, customer.departments), version })
        }
        done={() => void message.success(t("record.changed"))}
      />
    </section>
  );
}

function Leave({ customer }: { customer: Customer }) {
  const { t } = useWords();
  const [isOpen, setIsOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const does = useDoes(useReadAnew());
  const bringBack = async () => {
    setBusy(true);
    await does(() => changeCustomer(customer.id, { active: true, version: customer.version }), t("record.changed"));
    setBusy(false);
  };
  return (
    <section className="card">
      <h2>{t("customers.leave")}</h2>
      {customer.active ? (
        <p>
          <Button danger onClick={() => setIsOpen(true)}>
            {t("customers.deactivate")}
          </Button>
        </p>
      ) : (
        <p>
          {t("customers.isGone")}{" "}
          <Button loading={busy} onClick={() => void bringBack()}>
            {t("customers.bringBack")}
          </Button>
        </p>
      )}
      {isOpen && <Deactivating customer={customer} close={() => setIsOpen(false)} />}
    </section>
  );
}

/** What follows is said before; what went wrong stands here until somebody closes it. */
function Deactivating({ customer, close }: { customer: Customer; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const readAnew = useReadAnew();
  const whyNot = useWhyNot();
  const leave = async () => {
    setBusy(true);
    setWrong("");
    try {
      await changeCustomer(customer.id, { active: false, version: customer.version });
      void message.success(t("record.changed"));
      close();
    } catch (error) {
      setWrong(whyNot(error));
    }
    await readAnew().catch(() => undefined);
    setBusy(false);
  };
  return (
    <Dialog title={t("customers.deactivating", { name: customer.name })} onClose={close} className="record">
      <p>{t("customers.follows")}</p>
      <ul className="follows">
        {(["out", "remote", "work", "stays"] as const).map((each) => (
          <li key={each}>{t(`customers.then.${each}`)}</li>
        ))}
      </ul>
      <p role="alert" className="wrong">
        {wrong}
      </p>
      <p>
        <Button danger type="primary" loading={busy} onClick={() => void leave()}>
          {t("customers.doDeactivate")}
        </Button>{" "}
        <Button onClick={close}>{t("customers.notYet")}</Button>
      </p>
    </Dialog>
  );
}
