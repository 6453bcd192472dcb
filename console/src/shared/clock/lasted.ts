/** How long something took, where nobody needs it to the second. */
const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1000, 60_000, 3_600_000];
/** From so many of a unit on the next one says it better. */
const TOO_MANY = 120;

/** How long something took, so that it is read at a glance: the word, and its number. */
export function lastedSaid(ms: number): [word: "lasted.seconds" | "lasted.minutes" | "lasted.hours", number: { count: string }] {
  if (ms < TOO_MANY * SECOND_MS) return ["lasted.seconds", { count: (ms / SECOND_MS).toFixed(1) }];
  if (ms < TOO_MANY * MINUTE_MS) return ["lasted.minutes", { count: (ms / MINUTE_MS).toFixed(0) }];
  return ["lasted.hours", { count: (ms / HOUR_MS).toFixed(0) }];
}
