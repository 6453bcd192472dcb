/** What a change of the registry changed, field by field. */
import type { Change } from "./queries";

export interface Changed {
  name: string;
  before: string;
  after: string;
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined || value === "") return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

export function changedOf({ before, after }: Pick<Change, "before" | "after">): Changed[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].map((name) => ({ name, before: textOf(before[name]), after: textOf(after[name]) }));
}
