/** The contracts of a customer, and what each sets otherwise than its pack. */
import { App, Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { usePreferences } from "@shared/preferences";
import { usePack, usePacks } from "@shared/promises/queries";
import { useDoes } from "@shared/records/does";
import { Bars } from "@shared/ui/bars";
import { AskField } from "@shared/ui/form/ask";
import { RecordForm } from "@shared/ui/form/record-form";
import { InUse } from "@shared/ui/state";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { contractBody, contractValues, useContractAsks } from "./asks";
import { addContract, changeContract, useContracts, useReadAnew, type Contract, type Customer } from "./queries";
import type { Switches } from "./switches";

export function Contracts({ customer, mayChange }: { customer: Customer; mayChange: boolean }) {
  const { t } = useWords();
  const { data, error, refetch } = useContracts(customer.id);
  const [open, setOpen] = useState("");
  return (
    <section className="card">
      <h2>{t("customers.contracts")}</h2>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={2} />}
      {data?.items.length === 0 && <p className="soft">{t("customers.noContracts")}</p>}
      <ul>
        {data?.items.map((each) => (
          <li key={each.id}>
            <Line contract={each} />
            {mayChange && (
              <button type="button" className="link" aria-expanded={open === each.id} onClick={() => setOpen(open === each.id ? "" : each.id)}>
                {t("record.edit")}
                <span className="only-read">{each.id}</span>
              </button>
            )}
            {open === each.id && <Change contract={each} close={() => setOpen("")} />}
          </li>
        ))}
      </ul>
      {mayChange && open !== "+" && (
        <p>
          <Button onClick={() => setOpen("+")}>{t("customers.addContract")}</Button>
        </p>
      )}
      {open === "+" && <New customer={customer.id} close={() => setOpen("")} />}
    </section>
  );
}

function Line({ contract }: { contract: Contract }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const { data } = usePacks(true);
  const { starts_on: from, ends_on: to, switches } = contract;
  const count = Object.keys(switches).length;
  return (
    <>
      <b>{contract.id}</b>
      <Link to={`/packs/${contract.pack}`}>{data?.items.find((each) => each.id === contract.pack)?.name[language] ?? contract.pack}</Link>
      <span className="soft">{t("customers.term", { from: from ?? t("customers.open"), to: to ?? t("customers.open") })}</span>
      {count > 0 && <span className="soft">{t("customers.otherwise", { count })}</span>}
      <InUse active={contract.active} />
    </>
  );
}

function Change({ contract, close }: { contract: Contract; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const { data } = usePack(contract.pack);
  const asks = useContractAsks(contract.pack, false);
  const does = useDoes(readAnew);
  const turn = () => does(() => changeContract(contract, { active: !contract.active, version: contract.version }), t("record.changed"));
  if (!data) return <Bars rows={3} />;
  return (
    <div className="said">
      <RecordForm
        name={`contract ${contract.id}`}
        asks={asks}
        begun={contractValues(contract)}
        version={contract.version}
        renew={readAnew}
        says={t("record.change")}
        before={<p className="soft">{t("customers.otherwiseHint")}</p>}
        send={(values, version) => changeContract(contract, { ...contractBody(values, data.switches as Switches), version })}
        done={() => {
          void message.success(t("record.changed"));
          close();
        }}
        close={close}
      />
      <p>
        <Button danger={contract.active} onClick={() => void turn()}>
          {t(contract.active ? "customers.stopContract" : "customers.startContract")}
        </Button>
      </p>
    </div>
  );
}

/** The pack first: what it says stands beside what may be set otherwise. */
function New({ customer, close }: { customer: string; close: () => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const [pack, setPack] = useState("");
  const { data } = usePack(pack);
  const [which, ...others] = useContractAsks(pack, true).toSorted((one, other) => Number(other.name === "pack") - Number(one.name === "pack"));
  return (
    <div className="said">
      {which && <AskField ask={which} id="new-contract-pack" value={pack} change={setPack} />}
      {data && (
        <RecordForm
          key={pack}
          name={`new contract ${customer} ${pack}`}
          asks={others}
          says={t("customers.addContract")}
          before={<p className="soft">{t("customers.otherwiseHint")}</p>}
          send={(values) => addContract(customer, { id: values["id"]?.trim(), pack, ...contractBody(values, data.switches as Switches) })}
          done={() => {
            readAnew();
            void message.success(t("record.changed"));
            close();
          }}
          close={close}
        />
      )}
    </div>
  );
}
