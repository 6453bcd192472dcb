/** The contract packs: what each promises by which sentence, what lint finds in it, and when something would be due. */
import { Segmented } from "antd";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { usePreferences } from "@shared/preferences";
import { usePack, usePacks, type WholePack } from "@shared/promises/queries";
import { useSession } from "@shared/session";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import { Clauses } from "./clauses";
import { Findings } from "./findings";
import { Process } from "./process";
import { useFindings } from "./queries";
import { WorkingOut } from "./working-out";
import "./page.css";

const VIEWS = ["clauses", "conflicts", "defaults", "process"] as const;
type View = (typeof VIEWS)[number];

export default function PacksPage() {
  const { t } = useWords();
  const { language } = usePreferences();
  const navigate = useNavigate();
  const { pack: chosen = "" } = useParams();
  const packs = usePacks(true);
  const found = usePack(chosen);
  if (packs.error && !packs.data) return <Trouble error={packs.error} again={() => void packs.refetch()} />;
  if (!packs.data) return <Bars rows={4} />;
  if (chosen === "") {
    return (
      <>
        <h1>{t("menu.packs")}</h1>
        <ul className="packs">
          {packs.data.items.map((each) => (
            <li key={each.id} className="card">
              <Link to={`/packs/${each.id}`}>{each.name[language]}</Link> <span className="soft">{each.number}</span>
              <p className="soft">{each.levels.map((level) => level[language]).join(" · ")}</p>
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <>
      <div className="packs-head">
        <label htmlFor="which-pack">{t("packs.pack")}</label>
        <select
          id="which-pack"
          className="plain-input"
          value={chosen}
          onChange={(event) => void navigate(`/packs/${event.target.value}`)}
        >
          {packs.data.items.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name[language]}
            </option>
          ))}
        </select>
      </div>
      {found.error && !found.data && <Trouble error={found.error} again={() => void found.refetch()} />}
      {!found.data && !found.error && <Bars rows={8} />}
      {found.data && <One pack={found.data} key={found.data.id} />}
    </>
  );
}

function One({ pack }: { pack: WholePack }) {
  const { t } = useWords();
  const { language } = usePreferences();
  const session = useSession();
  const [address, setAddress] = useSearchParams();
  const findings = useFindings(pack.id);
  const asked = address.get("view") as View;
  const view = VIEWS.includes(asked) ? asked : "clauses";
  const all = findings.data?.items ?? [];
  const defaults = all.filter((each) => each.finding === "default");
  const conflicts = all.filter((each) => each.finding !== "default");
  const counts: Partial<Record<View, number>> = findings.data
    ? { conflicts: conflicts.length, defaults: defaults.length }
    : {};
  const worksOut = session.may_open || session.role === "auditor" || session.role === "administrator";
  return (
    <>
      <h1>
        {pack.name[language]} <span className="soft">{pack.number}</span>
      </h1>
      {worksOut && <WorkingOut pack={pack} />}
      <Segmented<View>
        className="pack-views"
        value={view}
        onChange={(to) => setAddress(to === "clauses" ? {} : { view: to }, { replace: true })}
        options={VIEWS.map((value) => ({ value, label: [t(`packs.view.${value}`), counts[value]].filter((each) => each !== undefined).join(" ") }))}
      />
      {view === "clauses" && <Clauses pack={pack} />}
      {view === "process" && <Process pack={pack} />}
      {(view === "conflicts" || view === "defaults") && findings.error && !findings.data && (
        <Trouble error={findings.error} again={() => void findings.refetch()} />
      )}
      {(view === "conflicts" || view === "defaults") && !findings.error && !findings.data && <Bars rows={6} />}
      {findings.data && view === "conflicts" && <Findings pack={pack} items={conflicts} none={t("packs.noConflicts")} />}
      {findings.data && view === "defaults" && <Findings pack={pack} items={defaults} none={t("packs.noDefaults")} />}
    </>
  );
}
