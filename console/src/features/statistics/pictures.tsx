/** The pictures of the page, each of one answer of the API. */
import { useLevelName } from "@shared/tickets/levels";
import type { Cell } from "@shared/ui/csv";
import { useWords } from "@shared/words";
import type { Group } from "./page";
import { Picture } from "./picture";
import { useAgeing, useLateness, useLoad, usePromises, useReports, useStages, type Age, type Asked } from "./queries";
import { distinct, kept, series } from "./table";

const OUTCOMES = ["met", "late", "breached", "open", "waived"] as const;
const ENDS = ["open", "closed", "discarded", "merged"] as const;
/** The rung at which a promise is broken, in percent of its budget. */
const BREACH = 100;
const SECOND_MS = 1000;
const inSeconds = (ms: number) => Math.round(ms) / SECOND_MS;

export function Kept({ asked, by }: { asked: Asked; by: Group }) {
  const { t } = useWords();
  const { t: said } = useWords("domain");
  const found = usePromises({ ...asked, by });
  const items = found.data?.items ?? [];
  const months = distinct(items, (each) => each.month);
  const kindOf = (kind: string | null | undefined) => (kind ? said(`kind.${kind as "respond"}`) : "");
  return (
    <Picture
      name={t("statistics.promises")}
      about={t("statistics.promisesAbout")}
      found={found}
      bars={{
        places: months,
        stacked: true,
        series: OUTCOMES.map((outcome) => ({
          name: t(`statistics.outcome.${outcome}`),
          values: series(items, months, (each) => each.month, (each) => each[outcome]),
        })),
      }}
      table={{
        heads: [t("statistics.month"), t(`statistics.group.${by}`), t("statistics.kind"), ...OUTCOMES.map((each) => t(`statistics.outcome.${each}`)), t("statistics.kept")],
        rows: items.map((each) => [
          each.month,
          by === "kind" ? kindOf(each.group) : each.group,
          by === "kind" ? "" : kindOf(each.kind),
          each.met,
          each.late,
          each.breached,
          each.open,
          each.waived,
          kept(each),
        ]),
      }}
    />
  );
}

export function Received({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const found = useReports(asked);
  const items = found.data?.items ?? [];
  return (
    <Picture
      name={t("statistics.reports")}
      about={t("statistics.reportsAbout")}
      found={found}
      bars={{
        places: items.map((each) => each.month),
        stacked: true,
        series: ENDS.map((end) => ({ name: t(`statistics.end.${end}`), values: items.map((each) => each[end]) })),
      }}
      table={{
        heads: [t("statistics.month"), ...ENDS.map((end) => t(`statistics.end.${end}`))],
        rows: items.map((each) => [each.month, each.open, each.closed, each.discarded, each.merged]),
      }}
    />
  );
}

const AGES_H = [4, 24, 72, 168, 720] as const;

export function Ages({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const levelName = useLevelName();
  const found = useAgeing(asked);
  const items = found.data?.items ?? [];
  const nameOf = ({ pack, level }: Age) => (level ? levelName(pack, level) : t("statistics.unclassified"));
  const levels = distinct(items, nameOf);
  const agesOf = (name: string) =>
    [...AGES_H, undefined].map((below) =>
      items.filter((each) => nameOf(each) === name && (each.below_hours ?? undefined) === below).reduce((sum, each) => sum + each.tickets, 0),
    );
  const places = [...AGES_H.map((below) => t(`statistics.age.${below}`)), t("statistics.age.more")];
  return (
    <Picture
      name={t("statistics.ageing")}
      about={t("statistics.ageingAbout")}
      found={found}
      bars={{ places, stacked: true, series: levels.map((name) => ({ name, values: agesOf(name) })) }}
      table={{ heads: [t("statistics.level"), ...places], rows: levels.map((name) => ([name] as Cell[]).concat(agesOf(name))) }}
    />
  );
}

const LOADS = ["open", "open_late", "closed", "closed_late"] as const;

export function Loads({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const found = useLoad(asked);
  const items = found.data?.items ?? [];
  return (
    <Picture
      name={t("statistics.load")}
      about={t("statistics.loadAbout")}
      found={found}
      bars={{
        places: items.map((each) => each.name),
        stacked: false,
        series: LOADS.map((what) => ({ name: t(`statistics.loads.${what}`), values: items.map((each) => each[what]) })),
      }}
      table={{
        heads: [t("statistics.person"), ...LOADS.map((what) => t(`statistics.loads.${what}`))],
        rows: items.map((each) => [each.name, each.open, each.open_late, each.closed, each.closed_late]),
      }}
    />
  );
}

const hours = (seconds: number) => Math.round(seconds / 36) / 100;

export function Spent({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const { t: said } = useWords("domain");
  const found = useStages(asked);
  const items = found.data?.items ?? [];
  const all = items.filter((each) => !each.month);
  const stageOf = (stage: string) => said(`stage.${stage as "triage"}`);
  return (
    <Picture
      name={t("statistics.stages")}
      about={t("statistics.stagesAbout")}
      found={found}
      bars={{
        places: all.map((each) => stageOf(each.stage)),
        stacked: false,
        series: [
          { name: "p50", values: all.map((each) => hours(each.p50_s)) },
          { name: "p90", values: all.map((each) => hours(each.p90_s)) },
        ],
      }}
      table={{
        heads: [t("statistics.month"), t("statistics.stage"), t("statistics.tickets"), t("statistics.p50h"), t("statistics.p90h")],
        rows: items.map((each) => [each.month ?? t("statistics.allMonths"), stageOf(each.stage), each.tickets, hours(each.p50_s), hours(each.p90_s)]),
      }}
    />
  );
}

export function Late({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const found = useLateness(asked);
  const items = found.data?.items ?? [];
  const breaches = items.filter((each) => each.month && each.rung === BREACH);
  return (
    <Picture
      name={t("statistics.lateness")}
      about={t("statistics.latenessAbout")}
      found={found}
      bars={{
        places: breaches.map((each) => each.month ?? ""),
        stacked: false,
        series: [
          { name: "p50", values: breaches.map((each) => inSeconds(each.p50_ms)) },
          { name: "p99", values: breaches.map((each) => inSeconds(each.p99_ms)) },
        ],
      }}
      table={{
        heads: [t("statistics.month"), t("statistics.rung"), t("statistics.alarms"), t("statistics.p50s"), t("statistics.p99s"), t("statistics.maxs")],
        rows: items.map((each) => [each.month ?? t("statistics.allMonths"), `${each.rung} %`, each.alarms, inSeconds(each.p50_ms), inSeconds(each.p99_ms), inSeconds(each.max_ms)]),
      }}
    />
  );
}
