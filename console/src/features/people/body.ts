/** People as forms have them, and as the API takes them. */
import type { Values } from "@shared/ui/form/ask";
import type { Person } from "./queries";

/** Those that are lists there. */
const LISTS: ReadonlySet<string> = new Set(["customers", "told_apart"]);
const FIELDS = ["name", "role", "department", "customers", "organisation", "phone", "email", "grade", "told_apart"] as const;
/** These are always there; the others may be nothing. */
const NEEDED: ReadonlySet<string> = new Set(["id", "name", "role"]);

export const listOf = (text: string) => text.split(/[^\w.-]+/).filter(Boolean);

export function valuesOf(person: Person): Values {
  return Object.fromEntries(
    FIELDS.map((name) => {
      const value = person[name];
      return [name, Array.isArray(value) ? value.join("; ") : (value ?? "")];
    }),
  );
}

const sent = (name: string, value: string) => {
  if (LISTS.has(name)) return listOf(value);
  return value.trim() === "" && !NEEDED.has(name) ? null : value.trim();
};

/** A new person: what nobody filled in is not said. */
export const newPerson = (values: Values) =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value.trim() !== "")
      .map(([name, value]) => [name, sent(name, value)]),
  );

/** What is another than it was; what was emptied is nothing from now on. */
export const changesOf = (before: Values, values: Values) =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => value.trim() !== (before[name] ?? ""))
      .map(([name, value]) => [name, sent(name, value)]),
  );
