/** Days as Beijing has them. */
const DAY_MS = 86_400_000;

/** So many days later. */
export const later = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** When a day begins there. */
export const beginOf = (day: string) => `${day}T00:00:00+08:00`;
