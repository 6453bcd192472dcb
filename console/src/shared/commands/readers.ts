/** Who reads what is written in a form: an audience that is forgotten here would be told that nobody else does. */
import type { Ask } from "./fields";

const SAID = { customer: "act.customerReads", vendor: "act.vendorReads" } as const;

/** How it is said of an input who reads what stands there, beside us. */
export function readersSaid({ read_by: readers = [] }: Pick<Ask, "read_by">) {
  return readers.length > 0 ? readers.map((reader) => SAID[reader]) : (["act.oursOnly"] as const);
}
