/** What waits for a second: by what somebody enters is never changed by one administrator alone. */
import { App, Button } from "antd";
import { useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { Half } from "./half";
import { decide, useConfirmations, useReadAnew, type Confirmation, type SecondHalf } from "./queries";
import "./waiting.css";

export function Waiting() {
  const { t } = useWords();
  const { data } = useConfirmations();
  const [shown, setShown] = useState<SecondHalf>();
  const { id } = useSession();
  const items = data?.items ?? [];
  return (
    <>
      {items.length > 0 && (
        <section className="card waiting" aria-labelledby="waiting">
          <h2 id="waiting">{t("waiting.title", { count: items.length })}</h2>
          <ul>
            {items.map((each) => (
              <One key={each.id} waiting={each} show={setShown} />
            ))}
          </ul>
        </section>
      )}
      {shown && (
        <Half name={shown.name} half={shown.half} which={shown.person === id ? "own" : "second"} close={() => setShown(undefined)} />
      )}
    </>
  );
}

function One({ waiting, show }: { waiting: Confirmation; show: (shown: SecondHalf) => void }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const readAnew = useReadAnew();
  const { id } = useSession();
  const isMine = id === waiting.asked_by;
  const isAnothers = isMine || (waiting.parting && id === waiting.person);
  const [busy, setBusy] = useState(false);
  const says = async (decision: "confirm" | "refuse") => {
    setBusy(true);
    try {
      const half = await decide(waiting.id, decision);
      if (half) show(half);
      else void message.success(t(decision === "confirm" ? "waiting.confirmed" : "waiting.refused"));
    } catch (error) {
      void message.error(error instanceof ApiProblem ? (error.told.errors?.[0]?.message ?? error.message) : t("noAnswer"), 8);
    }
    setBusy(false);
    readAnew();
  };
  const what = waiting.parting ? "parting" : waiting.password ? "password" : waiting.email === null ? "identity" : "email";
  return (
    <li>
      <span>
        {t(`waiting.${what}`, { person: waiting.person, email: waiting.email, provider: waiting.provider, subject: waiting.subject })}{" "}
        <span className="soft">
          {waiting.asked_by && t("waiting.by", { who: waiting.asked_by })}{" "}
          {t("people.until", { at: moment(waiting.expires_at, serverNow()) })}
        </span>
      </span>
      {isAnothers ? (
        <span className="soft">{t("waiting.another")}</span>
      ) : (
        <Button size="small" loading={busy} onClick={() => void says("confirm")}>
          {t("waiting.confirm")}
          <span className="only-read">{waiting.person}</span>
        </Button>
      )}
      <Button size="small" disabled={busy} onClick={() => void says("refuse")}>
        {t(isMine ? "waiting.takeBack" : "waiting.refuse")}
        <span className="only-read">{waiting.person}</span>
      </Button>
    </li>
  );
}
