/** Where somebody is signed in. */
import { Button } from "antd";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { browserOf } from "@shared/records/browser";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { useEndOthers, useSessions } from "./queries";

export function Sessions() {
  const { t } = useWords();
  const sessions = useSessions();
  const end = useEndOthers();
  if (sessions.error && !sessions.data) return <Trouble error={sessions.error} again={() => void sessions.refetch()} />;
  if (!sessions.data) return <Bars rows={2} />;
  return (
    <>
      <ul className="signed-in">
        {sessions.data.items.map((each) => (
          <li key={each.id}>
            <span>{browserOf(each.agent)}</span> <span className="soft">{each.address}</span>{" "}
            <span className="soft">{t("me.lastUsed", { at: moment(each.last_used_at, serverNow()) })}</span>{" "}
            {each.kept && <span className="soft">{t("me.kept")}</span>} {each.current && <b>{t("me.thisOne")}</b>}
          </li>
        ))}
      </ul>
      {end.error && <Trouble error={end.error} again={() => end.mutate()} />}
      {sessions.data.items.length > 1 && (
        <Button loading={end.isPending} onClick={() => end.mutate()}>
          {t("me.endOthers")}
        </Button>
      )}
    </>
  );
}
