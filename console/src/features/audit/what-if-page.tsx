/** The same facts under another contract: which promises would have been kept. Nothing is recorded. */
import { Button } from "antd";
import { useId, useState, type FormEvent } from "react";
import { Link } from "react-router";
import { ApiProblem } from "@shared/api/problems";
import { usePreferences } from "@shared/preferences";
import { usePacks } from "@shared/promises/queries";
import { useAskedFor } from "@shared/records/asked";
import { Bars } from "@shared/ui/bars";
import { AskField, type Ask } from "@shared/ui/form/ask";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { questionOf } from "./asked";
import { Answer } from "./compared";
import { useWhatIf } from "./queries";
import "./page.css";

export default function WhatIfPage() {
  const { t } = useWords();
  const [address] = useAskedFor();
  const [edited, setEdited] = useState<string>();
  const [asked, ask] = useState(() => questionOf(address, undefined));
  const { data, error, isFetching, refetch } = useWhatIf(asked);
  const problem = error instanceof ApiProblem && error.told.errors ? error : undefined;
  const question = questionOf(address, edited);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(question);
  };
  return (
    <div className="audited">
      <header>
        <p>
          <Link to="/audit">‹ {t("menu.audit")}</Link>
        </p>
        <h1>{t("audit.whatIf")}</h1>
        <p className="soft">{t("audit.whatIfAbout")}</p>
      </header>
      <form className="card record-form" onSubmit={submit}>
        <Asked
          wrong={(name) => problem?.at(name)}
          edit={setEdited}
          // Which pack is all that a ticket's page leaves to be said: whoever has said it need not say so again.
          chose={(contract) => ask(questionOf(under(address, contract), edited))}
        />
        <footer>
          <Button type="primary" htmlType="submit" disabled={question === undefined} loading={isFetching}>
            {t("audit.suppose")}
          </Button>
        </footer>
      </form>
      {error && !problem && !isFetching && <Trouble error={error} again={() => void refetch()} />}
      {isFetching && <Bars rows={6} />}
      {data && !isFetching && !error && <Answer found={data} />}
    </div>
  );
}

const under = (address: URLSearchParams, contract: string) => {
  const next = new URLSearchParams(address);
  next.set("contract", contract);
  return next;
};

interface Given {
  wrong: (name: string) => string | undefined;
  edit: (pack: string | undefined) => void;
  chose: (contract: string) => void;
}

function Asked({ wrong, edit, chose }: Given) {
  const { t } = useWords();
  const { language } = usePreferences();
  const id = useId();
  const [address, put] = useAskedFor();
  const packs = usePacks(true).data?.items ?? [];
  const options = [{ value: "", says: t("audit.choose") }, ...packs.map((each) => ({ value: each.id, says: `${each.number} ${each.name[language]}` }))];
  const asks: Ask[] = [
    { name: "numbers", says: t("audit.numbers"), hint: t("audit.numbersHint") },
    { name: "contract", says: t("audit.under"), kind: "choice", options },
    { name: "other", says: t("audit.otherContract"), hint: t("audit.otherHint"), max: 64 },
  ];
  const isOther = (address.get("other") ?? "").trim() !== "";
  const change = (name: string, value: string) => {
    put(name, value);
    if (name === "contract" && value !== "" && !isOther) chose(value);
  };
  const at = (name: string) => (name === "numbers" || (name === "other") === isOther ? wrong(name === "other" ? "contract" : name) : undefined);
  return (
    <>
      {asks.map((ask) => (
        <AskField key={ask.name} ask={ask} id={`${id}-${ask.name}`} value={address.get(ask.name) ?? ""} wrong={at(ask.name)} change={(value) => change(ask.name, value)} />
      ))}
      <div className="asked-for">
        <label htmlFor={`${id}-edited`}>{t("audit.edited")}</label>
        <input
          id={`${id}-edited`}
          type="file"
          accept=".toml"
          aria-describedby={`${id}-edited-hint`}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file === undefined) edit(undefined);
            else void file.text().then(edit);
          }}
        />
        <span id={`${id}-edited-hint`} className="soft hint">
          {t("audit.editedHint")}
        </span>
        {wrong("edited") && <span className="wrong">{wrong("edited")}</span>}
      </div>
    </>
  );
}
