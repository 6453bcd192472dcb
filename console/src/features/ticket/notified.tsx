/** Whom the ticket has told what, and who has read it: for whoever answers that somebody was told, and who checks it. */
import { Button } from "antd";
import { useState } from "react";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { More } from "@shared/ui/more";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { useNotified } from "./queries";

const READERS: ReadonlySet<string> = new Set(["project_manager", "duty_manager", "leader", "auditor"]);

export function Notified({ number }: { number: string }) {
  const { t } = useWords();
  const { role } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  if (!READERS.has(role)) return null;
  return (
    <section className={isOpen ? "card" : "card not-printed"}>
      <div className="timeline-head">
        <h2>{t("notified.title")}</h2>
        <Button size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {t(isOpen ? "notified.hide" : "notified.show")}
        </Button>
      </div>
      {isOpen && <Messages number={number} />}
    </section>
  );
}

function Messages({ number }: { number: string }) {
  const { t } = useWords();
  const { rows: messages, error, again, more, isMoreComing } = useNotified(number);
  if (error && !messages) return <Trouble error={error} again={again} />;
  if (!messages) return <Bars rows={4} />;
  return (
    <>
      {messages.length === 0 && <p className="soft">{t("notified.nobody")}</p>}
      <ol className="timeline">
        {messages.map(({ id, created_at: at, recipient, title, read_at: read }) => (
          <li key={id}>
            <p className="what">
              <time dateTime={at}>{moment(at, serverNow())}</time>
              <b dir="auto">{recipient.name ?? recipient.id}</b>
              <span className="soft">{read ? t("notified.read", { at: moment(read, serverNow()) }) : t("notified.unread")}</span>
            </p>
            <p className="said" dir="auto">
              {title}
            </p>
          </li>
        ))}
      </ol>
      {more && <More read={more} isComing={isMoreComing} />}
    </>
  );
}
