/** What an entry of the timeline says beside its name: each field of its data that people read, in words. */
import { moment } from "@shared/clock/beijing";
import { serverNow } from "@shared/clock/server";
import { usePreferences } from "@shared/preferences";
import { spaced } from "@shared/tickets/number";
import { useLevelName } from "@shared/tickets/levels";
import { useWords } from "@shared/words";
import { plainly } from "@shared/words/plain";
import { became, putDown } from "./changed";
import { isAlarm, type Entry } from "./entries";

export interface Said {
  /** Nothing: the words speak for themselves. */
  label?: string;
  text: string;
}

/** In the order in which they are read. What is not named here is for programs. */
const WORDS = ["text", "summary", "title", "plan", "risk", "opinion", "scope", "documents", "reason"] as const;
const MORE = ["cause", "measures", "prevention", "backup", "evidence"] as const;
const RECORDS = ["part", "change", "case", "consultation", "substitute"] as const;
const TIMES = ["at", "until", "expires_at", "due_at"] as const;
/** Where one of those is chosen, by what happened or was tried; elsewhere people write it, be it a word of that choice. */
const CODED: Record<string, { among: string; where: string[] }> = {
  reason: { among: "pause", where: ["paused", "pause_capped", "pause"] },
  plan: { among: "plan", where: ["emergency_plan_started", "start_plan"] },
};
const CHOSEN: Record<string, string> = {
  stage: "stage",
  step: "step",
  unit: "unit",
  size: "size",
  channel: "channel",
  satisfaction: "satisfaction",
  kind: "kind",
  department: "department",
  asked: "waits_for",
};

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** `when`: how times are written. */
export function useTold(pack: string | null | undefined, when = (instant: string) => moment(instant, serverNow())) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const { language } = usePreferences();
  const levelName = useLevelName();
  const word = (group: string, value: string) => domain(`${group}.${value}` as "stage.phone", { defaultValue: "" });

  const refusal = ({ data }: Entry): Said[] => {
    const detail = data["detail"] as Record<string, string> | undefined;
    const tried = data["data"] as Entry["data"] | undefined;
    return [
      { label: t("entry.tried"), text: word("command", String(data["kind"])) },
      { label: t("entry.because"), text: plainly(detail?.[language] ?? "") },
      ...(tried ? ordinary(tried, String(data["kind"])) : []),
    ];
  };

  const alarm = ({ data }: Entry): Said[] => {
    const kind = word("kind", String(data["kind"] ?? String(data["obligation"] ?? "").split(/[:@]/)[0]));
    const rung = data["rung"];
    const says =
      rung === 50 || rung === 80 || rung === 100 || rung === 150
        ? t(`entry.rung.${rung}`, { kind })
        : [word("alarm", String(data["alarm"] ?? "")), kind].filter(Boolean).join(" · ");
    const due = text(data["due_at"]);
    const told = (data["roles"] as string[] | undefined)?.map((role) => word("role", role)) ?? [];
    return [
      { text: due ? `${says} · ${t("entry.due", { at: when(due) })}` : says },
      ...(told.length > 0 ? [{ label: t("entry.notified"), text: told.join(" · ") }] : []),
    ];
  };

  const time = (at: string | null) => (at ? when(at) : t("entry.no_time"));
  const beforeAndAfter = (data: Entry["data"]): Said[] => [
    ...became(data).map(({ what, was, is }) => ({ label: t(`entry.${what}`), text: was === "" ? is : `${was} → ${is}` })),
    ...putDown(data).map(({ kind, before, after, dropped }) => ({
      label: word("kind", kind),
      text: `${time(before)} → ${dropped ? t("entry.dropped") : time(after)}`,
    })),
  ];

  const ordinary = (data: Entry["data"], what: string): Said[] => {
    const said: Said[] = beforeAndAfter(data);
    const put = (label: string | undefined, value: string | undefined) => {
      if (value) said.push(label === undefined ? { text: value } : { label, text: value });
    };
    const to = text(data["to_name"]) ?? text(data["to"]);
    put(t("field.to"), to);
    put(t("entry.from"), text(data["from_name"]));
    const writer = text(data["writer"]);
    if (writer) put(t("entry.writer"), data["vouched"] === true ? writer : t("entry.unvouched", { writer }));
    put(t("entry.subject"), text(data["subject"]));
    for (const [name, group] of Object.entries(CHOSEN)) {
      const value = text(data[name]);
      if (value) put(t(`entry.chosen.${name as "stage"}`), word(group, value));
    }
    const level = text(data["level"]);
    if (level) put(t("field.level"), levelName(pack, level));
    const facts = Object.entries((data["facts"] as Record<string, string | boolean> | undefined) ?? {});
    for (const [fact, value] of facts) {
      const known = typeof value === "boolean" ? t(value ? "choice.yes" : "choice.no") : word("fact_value", `${fact}_${value}`);
      put(domain(`fact.${fact as "cause"}`), known);
    }
    // A corrected title has been said with what stood there before.
    const words = data["before"] ? WORDS.filter((name) => name !== "title") : WORDS;
    for (const name of words) {
      const value = text(data[name]);
      const label = name === "text" || name === "summary" || name === "opinion" ? undefined : t(`field.${name}`);
      const coded = CODED[name]?.where.includes(what) ? CODED[name] : undefined;
      put(label, value && coded ? word(coded.among, value) || value : value);
    }
    for (const name of MORE) put(t(`field.${name}`), text(data[name]));
    for (const name of RECORDS) put(t(`entry.record.${name}`), text(data[name]));
    for (const name of TIMES) {
      const at = text(data[name]);
      if (at) put(t(`entry.time.${name}`), when(at));
    }
    const answered = data["answers_for"] as { why: "breach" | "gravest" | "unowned"; kind?: string }[] | undefined;
    put(t("entry.answers"), answered?.map(({ why, kind = "" }) => t(`entry.why.${why}`, { kind: word("kind", kind) })).join(" · "));
    const spoken = data["on_behalf"] as { name?: string; channel?: string; evidence?: string } | undefined;
    if (spoken?.name) put(t("field.on_behalf_name"), `${spoken.name} · ${word("channel", spoken.channel ?? "")}`);
    put(t("field.evidence"), text(spoken?.evidence));
    const other = text(data["into"]) ?? (text(data["from_name"]) ? undefined : text(data["from"]));
    if (other && /^[0-9A-Z]{8}$/.test(other)) put(t("entry.other"), spaced(other));
    if (data["agreed"] === false) put(undefined, t("choice.withdraw"));
    return said;
  };

  return (entry: Entry): Said[] => {
    if (entry.happening === "command_refused") return refusal(entry);
    if (isAlarm(entry)) return alarm(entry);
    return ordinary(entry.data, entry.happening);
  };
}
