/** What is asked of a customer and of a contract. */
import { usePreferences } from "@shared/preferences";
import { usePack, usePacks } from "@shared/promises/queries";
import type { Ask, Values } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";
import type { Contract, Customer } from "./queries";
import { fieldOf, NONE, SWITCHES, switchesOf, textOf, type Switches } from "./switches";

const DEPARTMENTS = ["technical", "business"] as const;
const CALENDARS = ["5*8", "5*24", "7*8", "7*24"];
const STARS = ["1", "2", "3", "4", "5"];

export function useCustomerAsks(isNew: boolean): Ask[] {
  const { t } = useWords();
  const own: Ask[] = [
    { name: "name", says: t("customers.name"), needed: true },
    ...DEPARTMENTS.map((name) => ({ name, says: t(`customers.${name}`) })),
  ];
  return isNew ? [{ name: "id", says: t("customers.id"), needed: true, hint: t("people.idHint") }, ...own] : own;
}

/** The departments that the form names, and those of others that there were. */
export function departmentsOf(values: Values, before: Customer["departments"] = []) {
  const others = before.filter(({ id }) => !DEPARTMENTS.some((each) => each === id));
  const named = DEPARTMENTS.map((id) => ({ id, name: (values[id] ?? "").trim() })).filter(({ name }) => name !== "");
  return [...named, ...others];
}

export const customerValues = ({ name, departments }: Customer): Values => ({
  name,
  ...Object.fromEntries(departments.map((each) => [each.id, each.name])),
});

export function useContractAsks(pack: string, isNew: boolean): Ask[] {
  const { t } = useWords();
  const { language } = usePreferences();
  const { data: packs } = usePacks(true);
  const { data } = usePack(pack);
  const asPack = { value: "", says: t("customers.asPack") };
  const own: Ask[] = [
    { name: "starts_on", says: t("customers.starts"), kind: "day" },
    { name: "ends_on", says: t("customers.ends"), kind: "day" },
    {
      name: "remote_calendar",
      says: t("customers.remote"),
      kind: "choice",
      options: [asPack, ...CALENDARS.map((value) => ({ value, says: value }))],
    },
    {
      name: "star",
      says: t("customers.star"),
      kind: "choice",
      options: [{ value: "", says: t("choice.none") }, ...STARS.map((value) => ({ value, says: value }))],
    },
  ];
  const ofPack = (packs?.items ?? []).map((each) => ({ value: each.id, says: each.name[language] }));
  const first: Ask[] = [
    { name: "id", says: t("customers.contract"), needed: true, hint: t("people.idHint") },
    { name: "pack", says: t("customers.pack"), kind: "choice", needed: true, options: [{ value: "", says: t("choice.choose") }, ...ofPack] },
  ];
  return [...(isNew ? first : []), ...own, ...useSwitchAsks(data?.switches as Switches | undefined)];
}

function useSwitchAsks(pack: Switches | undefined): Ask[] {
  const { t } = useWords();
  if (pack === undefined) return [];
  return SWITCHES.map((name): Ask => {
    const own = pack[name];
    const says = t(`customers.switch.${name}`);
    if (typeof own === "boolean") {
      const options = [
        { value: "", says: `${t("customers.asPack")} (${t(own ? "choice.yes" : "choice.no")})` },
        { value: "true", says: t("choice.yes") },
        { value: "false", says: t("choice.no") },
      ];
      return { name: fieldOf(name), says, kind: "choice", options };
    }
    const text = textOf(own);
    return { name: fieldOf(name), says, hint: t("customers.inPack", { value: text === NONE ? t("customers.nothing") : text }) };
  });
}

export const contractValues = ({ starts_on, ends_on, remote_calendar, star, switches }: Contract): Values => ({
  starts_on: starts_on ?? "",
  ends_on: ends_on ?? "",
  remote_calendar: remote_calendar ?? "",
  star: star === null ? "" : String(star),
  ...Object.fromEntries(Object.entries(switches as Switches).map(([name, value]) => [fieldOf(name), textOf(value)])),
});

export const contractBody = (values: Values, pack: Switches) => ({
  starts_on: values["starts_on"] || null,
  ends_on: values["ends_on"] || null,
  remote_calendar: values["remote_calendar"] || null,
  star: values["star"] ? Number(values["star"]) : null,
  switches: switchesOf(values, pack),
});
