/** The service company, its parts, and vendors. */
import { Button } from "antd";
import { useState } from "react";
import { Records } from "@shared/records/records";
import { Searched } from "@shared/records/searched";
import { Dialog } from "@shared/ui/dialog";
import type { Ask } from "@shared/ui/form/ask";
import { RecordForm } from "@shared/ui/form/record-form";
import { useWords } from "@shared/words";
import { addOrganisation, rename, useOrganisations, useReadAnew, type Organisation } from "./queries";

const KINDS = ["service", "vendor"] as const;

/** Those in whose id or name it occurs. */
export const holding = (organisations: Organisation[], text: string) => {
  const word = text.trim().toLowerCase();
  return organisations.filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(word));
};

export default function OrganisationsPage() {
  const { t } = useWords();
  const readAnew = useReadAnew();
  const [text, setText] = useState("");
  const [open, setOpen] = useState<Organisation | "add">();
  const found = useOrganisations();
  const version = open === undefined || open === "add" ? undefined : (found.rows?.find(({ id }) => id === open.id) ?? open).version;
  const kinds = KINDS.map((value) => ({ value: value as string, says: t(`organisations.kinds.${value}`) }));
  const name: Ask = { name: "name", says: t("organisations.name"), needed: true };
  const asks: Ask[] = [
    { name: "id", says: t("organisations.id"), needed: true, hint: t("people.idHint") },
    name,
    { name: "kind", says: t("organisations.kind"), kind: "choice", needed: true, options: [{ value: "", says: t("choice.choose") }, ...kinds] },
  ];
  const close = () => setOpen(undefined);
  return (
    <>
      <div className="record-head">
        <h1>{t("menu.organisations")}</h1>
        <Searched value={text} put={setText} hint={t("organisations.search")} />
        <span className="acts">
          <Button type="primary" onClick={() => setOpen("add")}>
            {t("record.add")}
          </Button>
        </span>
      </div>
      <Records
        name={t("menu.organisations")}
        found={{ ...found, rows: found.rows && holding(found.rows, text) }}
        keyOf={(each) => each.id}
        none={t("record.none")}
        heads={[t("organisations.id"), t("organisations.name"), t("organisations.kind"), t("organisations.rename")]}
      >
        {(each) => [
          each.id,
          each.name,
          t(`organisations.kinds.${each.kind}`),
          <button key="rename" type="button" className="link" onClick={() => setOpen(each)}>
            {t("organisations.rename")}
            <span className="only-read">{each.name}</span>
          </button>,
        ]}
      </Records>
      {open && (
        <Dialog title={open === "add" ? t("organisations.new") : `${t("organisations.rename")} ${open.name}`} onClose={close}>
          <RecordForm
            name={open === "add" ? "organisation" : `organisation ${open.id}`}
            asks={open === "add" ? asks : [name]}
            begun={open === "add" ? {} : { name: open.name }}
            says={t(open === "add" ? "record.add" : "record.change")}
            {...(version !== undefined && { version })}
            send={(values, seen) => (open === "add" ? addOrganisation(values) : rename(open.id, values["name"] ?? "", seen ?? open.version))}
            renew={readAnew}
            done={close}
            close={close}
          />
        </Dialog>
      )}
    </>
  );
}
