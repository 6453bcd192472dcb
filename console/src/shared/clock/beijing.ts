/** Times are Beijing time on every screen, whatever the browser's zone. */
const PARTS = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

function parts(instant: number): Record<string, string> {
  return Object.fromEntries(PARTS.formatToParts(instant).map((part) => [part.type, part.value]));
}

/** `14:02` */
export function clock(instant: string | number): string {
  const { hour, minute } = parts(new Date(instant).getTime());
  return `${hour}:${minute}`;
}

/** `14:02` of today, `11-30 17:00` of this year, else `2025-11-30 17:00`. */
export function moment(instant: string | number, now: number): string {
  const [then, today] = [parts(new Date(instant).getTime()), parts(now)];
  const time = `${then.hour}:${then.minute}`;
  if (then.year !== today.year) return `${then.year}-${then.month}-${then.day} ${time}`;
  const isToday = then.month === today.month && then.day === today.day;
  return isToday ? time : `${then.month}-${then.day} ${time}`;
}

/** `2026-11-26 14:02:31`: as evidence has it. */
export function second(instant: string | number): string {
  const { year, month, day, hour, minute, second: s } = parts(new Date(instant).getTime());
  return `${year}-${month}-${day} ${hour}:${minute}:${s}`;
}

/** `2026-11-26T14:02`: as a field for a time has it, which knows of no zones. */
export function local(instant: string | number): string {
  const { year, month, day, hour, minute } = parts(new Date(instant).getTime());
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** What stands in such a field, as the API takes it. */
export const instantOf = (text: string) => `${text}:00+08:00`;
