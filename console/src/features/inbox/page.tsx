/** The inbox: what somebody was told, the newest first, those of one ticket together. */
import { Button, Switch } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { moment } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { useMessages, useUnread } from "@shared/inbox";
import { useSession } from "@shared/session";
import { usePathOf } from "@shared/tickets/path";
import { spaced } from "@shared/tickets/number";
import { Bars } from "@shared/ui/bars";
import { More } from "@shared/ui/more";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Called } from "./called";
import { alone, together, type Group } from "./groups";
import { useMarkAll, useMarkRead } from "./queries";
import { Sounds } from "./sounds";
import "./page.css";

export default function InboxPage() {
  const { t } = useWords();
  const [isUnread, setIsUnread] = useState(false);
  const [isMerged, setIsMerged] = useState(true);
  const messages = useMessages(isUnread);
  const unread = useUnread();
  const mark = useMarkRead();
  const markAll = useMarkAll();
  const items = messages.data?.pages.flatMap((page) => page.items);
  const newest = items?.[0];
  if (messages.error && !items) return <Trouble error={messages.error} again={() => void messages.refetch()} />;
  if (!items) return <Bars rows={6} />;
  return (
    <>
      <div className="inbox-head">
        <h1>{t("menu.inbox")}</h1>
        <span role="status">{unread === "" ? t("inbox.none") : t("inbox.unread", { unread })}</span>
        {unread !== "" && newest && (
          <Button loading={markAll.isPending} onClick={() => markAll.mutate(newest.id)}>
            {t("inbox.markAll")}
          </Button>
        )}
        <span className="gap" />
        <Choice says={t("inbox.onlyUnread")} checked={isUnread} onChange={setIsUnread} />
        <Choice says={t("inbox.merge")} checked={isMerged} onChange={setIsMerged} />
      </div>
      <Sounds />
      {markAll.error && newest && <Trouble error={markAll.error} again={() => markAll.mutate(newest.id)} />}
      {items.length === 0 && <p className="card">{t(isUnread ? "inbox.none" : "inbox.empty")}</p>}
      <ul className="messages">
        {(isMerged ? together(items) : alone(items)).map((group) => (
          <Messages key={group.newest.id} group={group} read={() => mark.mutate(group.unread)} />
        ))}
      </ul>
      {messages.hasNextPage && <More read={() => void messages.fetchNextPage()} isComing={messages.isFetchingNextPage} />}
    </>
  );
}

function Choice({ says, checked, onChange }: { says: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <span className="switched">
      <Switch size="small" aria-label={says} checked={checked} onChange={onChange} /> {says}
    </span>
  );
}

function Messages({ group, read }: { group: Group; read: () => void }) {
  const { t } = useWords();
  const now = useNow();
  const { newest, count, unread, called } = group;
  return (
    <li className={`card message${unread.length > 0 ? " unread" : ""}`}>
      <p className="when">
        <time dateTime={newest.created_at}>{moment(newest.created_at, now)}</time>
        {newest.ticket && <Number of={newest.ticket} />}
        {newest.level && <span>{newest.level}</span>}
        {newest.customer && <span dir="auto">{newest.customer}</span>}
        {count > 1 && <span>{t("inbox.times", { count })}</span>}
      </p>
      <p dir="auto">
        {unread.length > 0 && <b>{t("inbox.new")} </b>}
        {newest.text}
      </p>
      {newest.action && <p className="action">{newest.action}</p>}
      {newest.overtaken && <p>{t(`inbox.overtaken.${newest.overtaken}`)}</p>}
      {called && <Called key={called.id} message={called} />}
      {unread.length > 0 && (
        <Button size="small" onClick={read}>
          {t("inbox.mark")}
        </Button>
      )}
    </li>
  );
}

function Number({ of: number }: { of: string }) {
  const pathOf = usePathOf();
  if (!useSession().may_read) return <span className="number">{spaced(number)}</span>;
  return (
    <Link className="number" to={pathOf(number)}>
      {spaced(number)}
    </Link>
  );
}
