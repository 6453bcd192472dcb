/** When something is said to have happened: now, a little ago, or another time. */
import { instantOf, local } from "@shared/clock/beijing";

/** Where it stands beside the fields of the data. */
export const WHEN = "@when";
const AGO = "ago ";
const AGO_MS = 5 * 60_000;

/** A little ago, with the instant that it means: what is sent later happened then all the same. */
export const agoOf = (now: number) => `${AGO}${new Date(now - AGO_MS).toISOString()}`;

const instantOfAgo = (value: string) => (value.startsWith(AGO) ? value.slice(AGO.length) : undefined);

/** What is sent with the command; nothing: now. */
export function occurredAt(value: string | undefined): string | undefined {
  if (!value) return undefined;
  return instantOfAgo(value) ?? instantOf(value);
}

/** Which answer stands, and the time that it means: what was a little ago when it was chosen is a time after a while. */
export function answerOf(value: string, now: number): { is: "now" | "ago" | "at"; at: string } {
  if (value === "") return { is: "now", at: "" };
  const ago = instantOfAgo(value);
  if (ago === undefined) return { is: "at", at: value };
  return { is: now - Date.parse(ago) < 2 * AGO_MS ? "ago" : "at", at: local(ago) };
}
