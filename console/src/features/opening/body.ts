/** What is sent of a report, and what is still missing. */
import { instantOf } from "@shared/clock/beijing";
import { factsOf } from "@shared/promises/facts";
import type { Report } from "./draft";
import type { Body } from "./queries";

/** In the order in which they stand on the page. */
export const NEEDED = ["phone", "contact", "customer", "contract", "title", "description"] as const;
export type Needed = (typeof NEEDED)[number];

export function missing(report: Report): Needed[] {
  const filled: Record<Needed, string> = { ...report, customer: report.customer?.name ?? "" };
  return NEEDED.filter((name) => filled[name].trim() === "");
}

/** The same report sent twice is the same body: when it came is said once. */
export function bodyOf(report: Report, now: number): Body {
  const { customer, facts } = report;
  return {
    contract: report.contract,
    title: report.title.trim(),
    description: report.description.trim(),
    channel: report.channel as Body["channel"],
    customer: customer?.id ? { id: customer.id } : { name: customer?.name.trim() ?? "" },
    contact: { name: report.contact.trim(), phone: report.phone.trim() },
    received_at: report.received ? instantOf(report.received) : report.taken || new Date(now).toISOString(),
    ...(report.occurred && { fault_occurred_at: instantOf(report.occurred) }),
    ...(report.level && { level: report.level }),
    ...(Object.keys(facts).length > 0 && { facts: factsOf(facts) }),
    ...(report.asset.trim() && { asset: report.asset.trim() }),
    ...(report.site.trim() && { site: report.site.trim() }),
  };
}

/** Which field of the page a field of the body is. */
export function fieldOf(name: string): string {
  const [first = "", second] = name.split(".");
  if (first === "contact") return second === "phone" ? "phone" : "contact";
  return { received_at: "received", fault_occurred_at: "occurred" }[first] ?? first;
}
