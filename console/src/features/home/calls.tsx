/** Calls that ring, are spoken in, or that nobody took and somebody has to return. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";
import { api, read } from "@shared/api/client";
import type { components } from "@shared/api/schema";
import { clock } from "@shared/clock/beijing";
import { useNow } from "@shared/clock/ticker";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";

type Call = components["schemas"]["CallDocument"];

/** The stream says when something is new; where it is down somebody still looks each minute. */
const ANYWAY_MS = 60_000;

export function Calls() {
  const { t } = useWords();
  const calls = useQuery({ queryKey: ["calls"], queryFn: async () => (await read(api.GET("/api/desk/calls"))).items, refetchInterval: ANYWAY_MS });
  if (!calls.data?.length) return null;
  return (
    <section className="card calls">
      <h2>
        {t("home.calls.title")} <b className={calls.data.some(({ return_by }) => return_by !== null) ? "pressing" : ""}>{calls.data.length}</b>
      </h2>
      <ul>
        {calls.data.map((call) => (
          <li key={call.id}>
            <Coming call={call} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Coming({ call }: { call: Call }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const returning = useMutation({
    mutationFn: () => read(api.POST("/api/desk/calls/{call}/return", { params: { path: { call: call.id } }, body: { ticket: null } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ["calls"] }),
  });
  return (
    <>
      <b>{call.number}</b> <Standing call={call} />
      <span className="acts">
        <Link to={`/new?${new URLSearchParams({ phone: call.number, call: call.id })}`}>{t("home.calls.take")}</Link>
        {call.return_by !== null && (
          <Button size="small" loading={returning.isPending} onClick={() => returning.mutate()}>
            {t("home.calls.returned")}
          </Button>
        )}
      </span>
      {returning.error && <p role="alert">{plainly(returning.error.message)}</p>}
    </>
  );
}

function Standing({ call: { rang_at, answered_at, agent, return_by } }: { call: Call }) {
  const { t } = useWords();
  const now = useNow();
  if (return_by !== null) {
    const by = { at: clock(return_by) };
    return (
      <>
        <span>{t("home.calls.missed", { at: clock(rang_at) })}</span>{" "}
        {now > Date.parse(return_by) ? <b className="pressing">{t("home.calls.late", by)}</b> : <span>{t("home.calls.return", by)}</span>}
      </>
    );
  }
  if (answered_at === null) return <b>{t("home.calls.ringing")}</b>;
  return <span>{agent === null ? t("home.calls.spoken") : t("home.calls.spokenBy", { agent })}</span>;
}
