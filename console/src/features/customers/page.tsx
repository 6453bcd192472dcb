/** Customers and their contracts: looked for, added, brought in from a table. */
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { InUseAsked, useAskedFor } from "@shared/records/asked";
import { Records } from "@shared/records/records";
import { Searched } from "@shared/records/searched";
import { useSession } from "@shared/session";
import { Import } from "@shared/tables/import";
import { RecordForm } from "@shared/ui/form/record-form";
import { InUse } from "@shared/ui/state";
import { useWords } from "@shared/words";
import { departmentsOf, useCustomerAsks } from "./asks";
import { addCustomer, bringIn, useCustomers, useReadAnew } from "./queries";

export default function CustomersPage() {
  const { t } = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const readAnew = useReadAnew();
  const asks = useCustomerAsks(true);
  const mayChange = useSession().role === "administrator";
  const [address, put] = useAskedFor();
  const [open, setOpen] = useState<"add" | "import">();
  const text = address.get("text")?.trim() ?? "";
  const active = address.get("active") ?? "true";
  const found = useCustomers({ ...(text && { text }), ...(active !== "all" && { active: active === "true" }) });
  return (
    <>
      <div className="record-head">
        <h1>{t("menu.customers")}</h1>
        <Searched value={text} put={(said) => put("text", said)} hint={t("customers.search")} />
        <InUseAsked value={active} put={put} />
        {mayChange && (
          <span className="acts">
            <Button type="primary" onClick={() => setOpen(open === "add" ? undefined : "add")}>
              {t("record.add")}
            </Button>
            <Button onClick={() => setOpen("import")}>{t("import.open")}</Button>
          </span>
        )}
      </div>
      {open === "add" && (
        <section className="card said" aria-label={t("customers.new")}>
          <h2>{t("customers.new")}</h2>
          <RecordForm
            name="customer"
            asks={asks}
            says={t("record.add")}
            send={async (values) => {
              const body = { id: values["id"]?.trim(), name: values["name"]?.trim(), departments: departmentsOf(values) };
              const added = await addCustomer(body);
              void navigate(`/customers/${added.id}`);
            }}
            done={readAnew}
            close={() => setOpen(undefined)}
          />
        </section>
      )}
      {open === "import" && (
        <Import
          table="customers"
          needed={["id", "name"]}
          perhaps={["technical", "business", "contract", "pack", "starts_on", "ends_on", "remote_calendar", "star"]}
          bringIn={bringIn}
          done={(rows) => {
            readAnew();
            void message.success(t("import.done", { rows }));
          }}
          close={() => setOpen(undefined)}
        />
      )}
      <Records
        name={t("menu.customers")}
        found={found}
        keyOf={(each) => each.id}
        none={t("record.none")}
        heads={[t("customers.id"), t("customers.name"), t("customers.departments"), t("record.state")]}
      >
        {(each) => [
          <Link key="id" to={`/customers/${each.id}`}>
            {each.id}
          </Link>,
          each.name,
          each.departments.map((one) => one.name).join("; "),
          <InUse key="state" active={each.active} />,
        ]}
      </Records>
    </>
  );
}
