/** What has become of a record, field by field, as people read it. */
import { local } from "@shared/clock/beijing";
import { browserOf } from "@shared/records/browser";
import { useRightsSaid } from "@shared/records/rights-said";
import { useWords } from "@shared/words";
import type { Change } from "./queries";

export interface Changed {
  name: string;
  before: unknown;
  after: unknown;
}

/** What says nothing to people: secrets, of which only stars are kept, and ids that stand beside it already. */
const HIDDEN: ReadonlySet<string> = new Set(["csrf", "hash", "key_hash"]);

const isNothing = (value: unknown) => value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/** All that is another than it was; of a record that is new, what it holds. */
export function changedOf({ before, after, about, whom }: Pick<Change, "before" | "after" | "about" | "whom">): Changed[] {
  return differences(before, after).filter(
    ({ name, before: was, after: is }) => !HIDDEN.has(name) && !(isNothing(was) && (isNothing(is) || is === about || is === whom)),
  );
}

type Fields = Record<string, unknown>;

/** Of what has parts, such as all that a contract sets otherwise, those that are others. */
function differences(before: Fields, after: Fields, within = ""): Changed[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return hasParts(was) || hasParts(is) ? differences(partsOf(was), partsOf(is), `${within}${name}.`) : [{ name: within + name, before: was, after: is }];
  });
}

const hasParts = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const partsOf = (value: unknown): Fields => (hasParts(value) ? (value as Fields) : {});

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/;
/** What a contract sets otherwise than its pack. */
const OTHERWISE = "switches.";
/** Which of the domain's words a value is one of. */
const WORDS: Record<string, string> = { role: "role", duty: "role", grade: "grade", department: "department", channel: "channel" };

export function useSaid() {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const rights = useRightsSaid();
  const textOf = (name: string, value: unknown): string => {
    if (isNothing(value)) return t("changes.nothing");
    if (typeof value === "boolean") return t(value ? "choice.yes" : "choice.no");
    if (name === "scopes") return rights(value as string[]);
    if (Array.isArray(value)) return value.map((each) => textOf(name, each)).join(t("opening.and"));
    if (typeof value !== "string") return JSON.stringify(value);
    if (INSTANT.test(value)) return local(value).replace("T", " ");
    if (name === "agent") return browserOf(value);
    if (name === "way") return t(`changes.by.${value as "token"}`, { defaultValue: value });
    return WORDS[name] ? domain(`${WORDS[name]}.${value}` as "role.hotline", { defaultValue: value }) : value;
  };
  return ({ name: field, before, after }: Changed): string => {
    const name = field.startsWith(OTHERWISE)
      ? t(`customers.switch.${field.slice(OTHERWISE.length) as "follow_up"}`, { defaultValue: field })
      : t(`changes.fields.${field as "name"}`, { defaultValue: field });
    if (isNothing(before)) return t("changes.is", { name, value: textOf(field, after) });
    return t("changes.detail", { name, before: textOf(field, before), after: textOf(field, after) });
  };
}
