/** Who is on duty when, a week at a time; where nobody is, it says so. */
import { App, Button } from "antd";
import { useState } from "react";
import { later } from "@shared/clock/days";
import { serverNow } from "@shared/clock/server";
import { useSession } from "@shared/session";
import { Import } from "@shared/tables/import";
import { useAddress } from "@shared/ui/address";
import { Bars } from "@shared/ui/bars";
import { Sign } from "@shared/ui/gravity";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { bare } from "@shared/words/plain";
import { Days } from "./days";
import { NewShift } from "./new-shift";
import { bringIn, useGaps, useReadAnew, useShifts, type Duty } from "./queries";
import { isDay, mondayOf } from "./week";
import "@shared/clock/due.css";
import "./page.css";

const DUTIES: Duty[] = [
  "hotline",
  "engineer",
  "duty_manager",
  "project_manager",
  "expert",
  "leader",
  "commercial",
  "supervisor",
  "stock_keeper",
];
const PLANS: ReadonlySet<string> = new Set(["administrator", "duty_manager"]);

/** The week of an address, by its first day; without one, this week. */
function mondayIn(address: URLSearchParams): string {
  const day = address.get("week");
  return mondayOf(isDay(day) ? Date.parse(`${day}T12:00:00+08:00`) : serverNow());
}

export default function RosterPage() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { message } = App.useApp();
  const mayPlan = PLANS.has(useSession().role);
  const [address, changeAddress] = useAddress();
  const [open, setOpen] = useState<"add" | "import">();
  const asked = address.get("duty") as Duty;
  const duty = DUTIES.includes(asked) ? asked : "hotline";
  const monday = mondayIn(address);
  const shifts = useShifts(duty, monday);
  const gaps = useGaps(duty, monday);
  const readAnew = useReadAnew();
  const turn = (days: number) => changeAddress((now) => now.set("week", later(mondayIn(now), days)));
  const error = shifts.error ?? gaps.error;
  return (
    <>
      <div className="roster-head">
        <h1>{t("menu.roster")}</h1>
        <select aria-label={t("roster.duty")} className="plain-input" value={duty} onChange={({ target: { value } }) => changeAddress((now) => now.set("duty", value))}>
          {DUTIES.map((each) => (
            <option key={each} value={each}>
              {bare(domain(`role.${each as "hotline"}`))}
            </option>
          ))}
        </select>
        <span className="weeks">
          <Button aria-label={t("roster.before")} onClick={() => turn(-7)}>
            ‹
          </Button>
          <Button onClick={() => changeAddress((now) => now.delete("week"))}>{t("roster.thisWeek")}</Button>
          <Button aria-label={t("roster.after")} onClick={() => turn(7)}>
            ›
          </Button>
        </span>
        <span className="soft">{t("roster.week", { from: monday, to: later(monday, 6) })}</span>
        <Gaps count={gaps.data?.items.length} />
        {mayPlan && (
          <span className="plan">
            <Button type="primary" onClick={() => setOpen(open === "add" ? undefined : "add")}>
              {t("roster.add")}
            </Button>
            <Button onClick={() => setOpen("import")}>{t("import.open")}</Button>
          </span>
        )}
      </div>
      {open === "add" && <NewShift key={`${duty} ${monday}`} duty={duty} monday={monday} close={() => setOpen(undefined)} />}
      {open === "import" && (
        <Import
          table="roster"
          needed={["duty", "person", "begins_at", "ends_at"]}
          perhaps={["substitute"]}
          bringIn={bringIn}
          done={(rows) => {
            readAnew();
            void message.success(t("import.done", { rows }));
          }}
          close={() => setOpen(undefined)}
        />
      )}
      {error && <Trouble error={error} again={() => void Promise.all([shifts.refetch(), gaps.refetch()])} />}
      {!error && !(shifts.data && gaps.data) && <Bars rows={6} />}
      {shifts.data && gaps.data && <Days monday={monday} shifts={shifts.data.items} gaps={gaps.data.items} mayPlan={mayPlan} />}
    </>
  );
}

function Gaps({ count }: { count: number | undefined }) {
  const { t } = useWords();
  return (
    <span role="status">
      {count === 0 && t("roster.noGaps")}
      {count !== undefined && count > 0 && <b className="has-gaps"><Sign of="late" /> {t("roster.gaps", { count })}</b>}
    </span>
  );
}
