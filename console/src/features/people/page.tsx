/** Everybody whom the system knows: looked for, added, brought in from a table. */
import { App, Button } from "antd";
import { useId, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useReadAnew } from "@shared/confirmations/queries";
import { Waiting } from "@shared/confirmations/waiting";
import { InUseAsked, useAskedFor } from "@shared/records/asked";
import { Records } from "@shared/records/records";
import { Searched } from "@shared/records/searched";
import { Import } from "@shared/tables/import";
import { AskField } from "@shared/ui/form/ask";
import { RecordForm } from "@shared/ui/form/record-form";
import { intoOpened } from "@shared/ui/first-field";
import { InUse } from "@shared/ui/state";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { useAsks, useRoleOptions } from "./asks";
import { newPerson } from "./body";
import { addPerson, bringIn, useNames, usePeople, type Asked, type Role } from "./queries";

/** What the API is asked, from what stands in the address. */
export function askedBy(address: URLSearchParams): Asked {
  const [text, role, customer] = ["text", "role", "customer"].map((name) => address.get(name)?.trim());
  const active = address.get("active") ?? "true";
  return {
    ...(text && { text }),
    ...(role && { role: role as Role }),
    ...(customer && { customer }),
    ...((active === "true" || active === "false") && { active: active === "true" }),
  };
}

export default function PeoplePage() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { message } = App.useApp();
  const navigate = useNavigate();
  const readAnew = useReadAnew();
  const asks = useAsks(true);
  const [address] = useSearchParams();
  const [open, setOpen] = useState<"add" | "import">();
  const found = usePeople(askedBy(address));
  const nameOf = useNames();
  return (
    <>
      <div className="record-head">
        <h1>{t("menu.people")}</h1>
        <Filters />
        <span className="acts">
          <Button type="primary" onClick={() => setOpen(open === "add" ? undefined : "add")}>
            {t("record.add")}
          </Button>
          <Button onClick={() => setOpen("import")}>{t("import.open")}</Button>
        </span>
      </div>
      {open === "add" && (
        <section ref={intoOpened} className="card said" aria-label={t("people.new")}>
          <h2>{t("people.new")}</h2>
          <RecordForm
            name="person"
            asks={asks}
            says={t("record.add")}
            send={async (values) => void navigate(`/people/${(await addPerson(newPerson(values))).id}`)}
            done={readAnew}
            close={() => setOpen(undefined)}
          />
        </section>
      )}
      {open === "import" && (
        <Import
          table="people"
          needed={["id", "name", "role"]}
          perhaps={["customers", "department", "organisation", "phone", "email", "grade", "same_as", "told_apart"]}
          bringIn={bringIn}
          done={(rows) => {
            readAnew();
            void message.success(t("import.done", { rows }));
          }}
          close={() => setOpen(undefined)}
        />
      )}
      <Waiting />
      <Records
        name={t("menu.people")}
        found={found}
        keyOf={(each) => each.id}
        none={t("record.none")}
        heads={[t("people.id"), t("people.name"), t("people.role"), t("people.of"), t("people.phone"), t("record.state")]}
      >
        {(each) => [
          <Link key="id" to={`/people/${each.id}`}>
            {each.id}
          </Link>,
          each.name,
          [bare(domain(`role.${each.role}`)), each.grade && domain(`grade.${each.grade}`)].filter(Boolean).join(" · "),
          [each.organisation ?? [], each.customers].flat().map(nameOf).join(t("opening.and")),
          each.phone && (
            <a key="phone" href={`tel:${each.phone}`}>
              {each.phone}
            </a>
          ),
          <InUse key="state" active={each.active} />,
        ]}
      </Records>
    </>
  );
}

function Filters() {
  const { t } = useWords();
  const id = useId();
  const roles = useRoleOptions();
  const [address, put] = useAskedFor();
  return (
    <>
      <Searched value={address.get("text") ?? ""} put={(text) => put("text", text)} hint={t("people.search")} />
      <AskField
        ask={{ name: "role", says: t("people.role"), kind: "choice", options: [{ value: "", says: t("queue.all") }, ...roles] }}
        id={`${id}-role`}
        value={address.get("role") ?? ""}
        change={(value) => put("role", value)}
      />
      <InUseAsked value={address.get("active") ?? "true"} put={put} />
    </>
  );
}
