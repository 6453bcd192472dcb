/** Mails that nobody has taken yet: each became a ticket, or nobody could read it. */
import { Button } from "antd";
import { Link } from "react-router";
import { clock } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { useMails, useTaking, type Mail } from "./queries";

export function Mails() {
  const { t } = useWords();
  const mails = useMails();
  if (!mails.data?.length) return null;
  return (
    <section className="card telephone">
      <h2>
        {t("home.mails.title")} <b className="pressing">{mails.data.length}</b>
      </h2>
      <ul>
        {mails.data.map((mail) => (
          <li key={mail.id}>
            <Waiting mail={mail} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Waiting({ mail: { id, writer, subject, ticket, came_at, take_by } }: { mail: Mail }) {
  const { t } = useWords();
  const now = useNow();
  const taking = useTaking(id);
  return (
    <>
      {ticket === null ? <b>{t("home.mails.unreadable")}</b> : <Link to={`/tickets/${ticket}`}>{subject}</Link>} {writer} <span>{t("home.mails.came", { at: clock(came_at) })}</span>{" "}
      {take_by !== null && (now > Date.parse(take_by) ? <b className="pressing">{t("home.mails.late", { at: clock(take_by) })}</b> : <span>{t("home.mails.take", { at: clock(take_by) })}</span>)}
      <span className="acts">
        <Button size="small" loading={taking.isPending} onClick={() => taking.mutate()}>
          {t(ticket === null ? "home.mails.seen" : "home.mails.taken")}
        </Button>
      </span>
      {taking.error && <p role="alert">{plainly(taking.error.message)}</p>}
    </>
  );
}
