/** The inbox: what somebody was told, the newest first, those of one ticket together. */
import { Button } from "antd";
import { moment } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { useMessages, useUnread } from "@shared/inbox";
import { spaced } from "@shared/tickets/row";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { together, type Group } from "./groups";
import { useMarkRead } from "./queries";
import "./page.css";

export default function InboxPage() {
  const { t } = useWords();
  const messages = useMessages();
  const unread = useUnread();
  const mark = useMarkRead();
  const items = messages.data?.items;
  const waiting = items?.filter((each) => each.read_at === null) ?? [];
  if (messages.error && !items) return <Trouble error={messages.error} again={() => void messages.refetch()} />;
  if (!items) return <Bars rows={6} />;
  return (
    <>
      <div className="inbox-head">
        <h1>{t("menu.inbox")}</h1>
        <span role="status">{unread === "" ? t("inbox.none") : t("inbox.unread", { unread })}</span>
        {waiting.length > 0 && (
          <Button loading={mark.isPending} onClick={() => mark.mutate(waiting)}>
            {t("inbox.markAll")}
          </Button>
        )}
      </div>
      {mark.error && <Trouble error={mark.error} again={() => mark.mutate(waiting)} />}
      {items.length === 0 && <p className="card">{t("inbox.empty")}</p>}
      <ul className="messages">
        {together(items).map((group) => (
          <Messages key={group.newest.id} group={group} read={() => mark.mutate(group.unread)} />
        ))}
      </ul>
    </>
  );
}

function Messages({ group, read }: { group: Group; read: () => void }) {
  const { t } = useWords();
  const now = useNow();
  const { newest, count, unread } = group;
  return (
    <li className={`card message${unread.length > 0 ? " unread" : ""}`}>
      <p className="when">
        <time dateTime={newest.created_at}>{moment(newest.created_at, now)}</time>
        {newest.ticket && <span className="number">{spaced(newest.ticket)}</span>}
        {newest.level && <span>{newest.level}</span>}
        {newest.customer && <span dir="auto">{newest.customer}</span>}
        {count > 1 && <span>{t("inbox.times", { count })}</span>}
      </p>
      <p dir="auto">
        {unread.length > 0 && <b>{t("inbox.new")} </b>}
        {newest.text}
      </p>
      {newest.action && <p className="action">{newest.action}</p>}
      {unread.length > 0 && (
        <Button size="small" onClick={read}>
          {t("inbox.mark")}
        </Button>
      )}
    </li>
  );
}
