/** A week of the roster, day by day as Beijing has days. */
import { local } from "@shared/clock/beijing";
import { beginOf, later } from "@shared/clock/days";

const DAY_MS = 86_400_000;

/** `2026-11-23`: the Monday of the week in which the instant lies. */
export function mondayOf(instant: number): string {
  const day = local(instant).slice(0, 10);
  const place = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return later(day, -place);
}

export const isDay = (text: string | null): text is string =>
  text !== null && /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

interface Stretch {
  begins_at: string;
  ends_at: string;
}

export interface Piece<T> {
  of: T;
  /** `08:00`; the whole of a day is 00:00 to 24:00. */
  from: string;
  to: string;
}

/** The pieces of stretches that lie in a day, earliest first. */
export function piecesOf<T extends Stretch>(stretches: T[], day: string): Piece<T>[] {
  const begin = Date.parse(beginOf(day));
  const end = begin + DAY_MS;
  return stretches
    .filter((each) => Date.parse(each.begins_at) < end && Date.parse(each.ends_at) > begin)
    .map((each) => {
      const [from, to] = [Math.max(Date.parse(each.begins_at), begin), Math.min(Date.parse(each.ends_at), end)];
      return { of: each, from: local(from).slice(11), to: to === end ? "24:00" : local(to).slice(11), at: from };
    })
    .toSorted((one, other) => one.at - other.at)
    .map(({ of, from, to }) => ({ of, from, to }));
}
