/** Texts that somebody writes again and again: kept, changed, shared with colleagues, deleted. */
import { Button } from "antd";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { ApiProblem } from "@shared/api/problems";
import { FORMS, type Kind } from "@shared/commands/fields";
import { useKeepingPhrases, usePhrases, type Phrase } from "@shared/phrases/queries";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { RecordForm } from "@shared/ui/form/record-form";
import type { Ask, Values } from "@shared/ui/form/ask";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { formOf, givenBy, writtenIn } from "./phrase";

export function Phrases() {
  const { t } = useWords();
  const { data, error, refetch } = usePhrases();
  const { keep } = useKeepingPhrases();
  const [isMaking, setIsMaking] = useState(false);
  const { hash } = useLocation();
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (hash === "#phrases") section.current?.scrollIntoView();
  }, [hash]);
  const own = data?.filter((each) => each.own);
  const theirs = data?.filter((each) => !each.own) ?? [];
  return (
    <section className="card" id="phrases" ref={section}>
      <h2>{t("phrases.title")}</h2>
      <p className="soft">{t("phrases.hint")}</p>
      {error && !data && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Bars rows={2} />}
      {own?.length === 0 && <p>{t("phrases.none")}</p>}
      <ul className="signed-in">
        {own?.map((each) => (
          <One key={each.id} phrase={each} />
        ))}
        {theirs.map((each) => (
          <li key={each.id}>
            <b dir="auto">{each.title}</b> <span className="soft">{t("phrases.of", { name: each.owner_name })}</span>
            <Text phrase={each} />
          </li>
        ))}
      </ul>
      {isMaking ? (
        <Form name="phrase" begun={{}} says={t("phrases.keep")} send={(values) => keep(givenBy(values))} close={() => setIsMaking(false)} />
      ) : (
        data && <Button onClick={() => setIsMaking(true)}>{t("phrases.make")}</Button>
      )}
    </section>
  );
}

function Text({ phrase }: { phrase: Phrase }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    <>
      <p className="phrase" dir="auto">
        {phrase.text}
      </p>
      {phrase.kinds.length > 0 && (
        <p className="soft">{t("phrases.only", { kinds: phrase.kinds.map((kind) => domain(`command.${kind as Kind}`)).join(" · ") })}</p>
      )}
    </>
  );
}

function One({ phrase }: { phrase: Phrase }) {
  const { t } = useWords();
  const { change, drop } = useKeepingPhrases();
  const [doing, setDoing] = useState<"change" | "drop" | "busy">();
  const [wrong, setWrong] = useState<string>();
  const go = async () => {
    setDoing("busy");
    await drop(phrase).catch((error: unknown) => {
      setWrong(error instanceof ApiProblem ? error.message : t("noAnswer"));
      setDoing(undefined);
    });
  };
  const close = () => setDoing(undefined);
  if (doing === "change") {
    return (
      <li>
        <Form name={`phrase ${phrase.id}`} begun={formOf(phrase)} says={t("phrases.save")} send={(values) => change(phrase, givenBy(values))} close={close} />
      </li>
    );
  }
  return (
    <li>
      <b dir="auto">{phrase.title}</b> {phrase.shared && <span className="soft">{t("phrases.isShared")}</span>}
      <Text phrase={phrase} />
      {wrong !== undefined && (
        <p className="wrong" role="alert">
          {wrong}
        </p>
      )}
      {doing === undefined ? (
        <span className="revoking">
          <Button size="small" onClick={() => setDoing("change")}>
            {t("phrases.change")}
            <span className="only-read">{phrase.title}</span>
          </Button>
          <Button size="small" danger onClick={() => setDoing("drop")}>
            {t("views.drop")}
            <span className="only-read">{phrase.title}</span>
          </Button>
        </span>
      ) : (
        <span className="revoking">
          <span>{t("phrases.dropAsked")}</span>
          <Button danger size="small" loading={doing === "busy"} onClick={() => void go()}>
            {t("views.drop")}
          </Button>
          <Button size="small" disabled={doing === "busy"} onClick={close}>
            {t("views.stay")}
          </Button>
        </span>
      )}
    </li>
  );
}

interface Making {
  name: string;
  begun: Values;
  says: string;
  send: (values: Values) => Promise<unknown>;
  close: () => void;
}

function Form({ name, begun, says, send, close }: Making) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const kinds = writtenIn(FORMS, useSession().commands, begun["kinds"]);
  const asks: Ask[] = [
    { name: "title", says: t("phrases.called"), needed: true, max: 60 },
    { name: "text", says: t("phrases.text"), kind: "text", needed: true, hint: t("phrases.gaps", { gaps: GAPS }) },
    { name: "shared", says: t("views.shared"), kind: "flag" },
    {
      name: "kinds",
      says: t("phrases.kinds"),
      kind: "many",
      options: kinds.map((kind) => ({ value: kind, says: domain(`command.${kind as Kind}`) })),
      hint: t("phrases.kindsHint"),
    },
  ];
  return <RecordForm name={name} asks={asks} begun={begun} says={says} send={send} done={close} close={close} />;
}

/** Those that are filled everywhere on a ticket, and one of the promises. */
const GAPS = "{contact} {customer} {number} {title} {assignee} {me} {due.respond} {due.arrive}";
