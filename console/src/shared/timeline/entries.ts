/** What happened on a ticket, one by one. */
import type { components } from "@shared/api/schema";

export type Entry = components["schemas"]["EntryDocument"];

export const ALARMS: Entry["happening"][] = ["alarm_raised", "half_spent", "promise_breached"];

export const isAlarm = (entry: Entry) => ALARMS.includes(entry.happening);
