/** Where somebody is signed in. */
import { Button } from "antd";
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { useEndOthers, useSessions } from "./queries";

/** A browser's name out of what it calls itself. */
export function browserOf(agent: string): string {
  const found = /(Edg|OPR|Firefox|Chrome|Safari)\/(\d+)/.exec(agent);
  const system = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(agent)?.[0] ?? "";
  const name = found ? `${found[1]?.replace("Edg", "Edge").replace("OPR", "Opera")} ${found[2]}` : agent.slice(0, 40);
  return [name, system].filter(Boolean).join(" · ");
}

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
            {each.current && <b>{t("me.thisOne")}</b>}
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
