/** Whether the ticket's evidence holds, part by part, and the file to take along. What was not checked says so. */
import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useId, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { second } from "@shared/clock/beijing";
import { offset } from "@shared/clock/server";
import { usePreferences } from "@shared/preferences";
import { save } from "@shared/ui/save";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { readBundle, useVerdict, type Part, type Verdict } from "./queries";

const PARTS: Part["part"][] = ["proof", "decisions", "senders", "alarms", "rows"];

export function Evidence({ number }: { number: string }) {
  const { t } = useWords();
  const id = useId();
  const { data, error, isFetching, refetch, dataUpdatedAt } = useVerdict(number);
  const verdict = isFetching || error ? undefined : data;
  const says = isFetching
    ? t("audit.verifying")
    : verdict
      ? t(`audit.${conclusion(verdict)}`, { at: second(dataUpdatedAt + offset()) })
      : t("audit.notYet");
  return (
    <section className="card verdict" aria-labelledby={id}>
      <div className="audited-ways">
        <h2 id={id}>{t("audit.verdict")}</h2>
        <Button type="primary" loading={isFetching} onClick={() => void refetch()}>
          {t("audit.verify")}
        </Button>
        <Bundle number={number} />
      </div>
      <p role="status">{says}</p>
      {error && !isFetching && <Trouble error={error} again={() => void refetch()} />}
      <ul>
        {PARTS.map((part) => (
          <Found key={part} name={part} part={verdict?.parts.find((each) => each.part === part)} />
        ))}
        {verdict?.damaged_stamps.map((stamp) => (
          <li key={stamp}>
            <span className="verdict-unchecked">{t("audit.is.unchecked")}</span>
            <span>{t("audit.damagedStamp", { stamp })}</span>
          </li>
        ))}
        {verdict?.erased.map(({ what, about, erased_at }) => (
          <li key={what + about}>
            <span className="verdict-unchecked">{t("audit.is.unchecked")}</span>
            <span>{t(`audit.erased.${what}`, { about, at: second(erased_at) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of what was not checked nobody says that it does not hold. */
function conclusion({ holds, parts }: Verdict) {
  if (holds) return "holds";
  return parts.some((part) => part.holds === false) ? "holdsNot" : "holdsInPart";
}

function Found({ name, part }: { name: Part["part"]; part: Part | undefined }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const holds = part?.holds ?? null;
  const is = holds === null ? "unchecked" : holds ? "yes" : "no";
  const entry = /^rows\/timeline\.json, (\d+)$/.exec(part?.place ?? "")?.[1];
  return (
    <li>
      <span className={`verdict-${is}`}>{t(`audit.is.${is}`)}</span>
      <b>{t(`audit.part.${name}`)}</b>
      {part && holds !== null && <span>{part.detail[language]}</span>}
      {holds === false && part && (
        <span className="soft">
          {part.event_id !== null && `${t("audit.event", { event: part.event_id })} · `}
          {entry ? <a href={`#${entry}`}>{t("audit.entry", { seq: entry })}</a> : part.place}
        </span>
      )}
    </li>
  );
}

function Bundle({ number }: { number: string }) {
  const { t } = useWords();
  const [isComing, setIsComing] = useState(false);
  const [why, setWhy] = useState("");
  const get = async () => {
    setIsComing(true);
    setWhy("");
    try {
      save(await readBundle(number), `${number}.zip`);
    } catch (error) {
      setWhy(error instanceof ApiProblem ? error.message : t("noAnswer"));
    } finally {
      setIsComing(false);
    }
  };
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden="true" />} loading={isComing} onClick={() => void get()}>
        {t("audit.bundle")}
      </Button>
      {why !== "" && (
        <p className="wrong" role="alert">
          {why}
        </p>
      )}
    </>
  );
}
