/** What is left of a promise, in the words and the gravity of section "Look": never colour alone. */
const MINUTE = 60_000;
const NEAR_MIN = 30;
const SOON_MIN = 60;

export type Gravity = "calm" | "soon" | "near" | "late";

export interface Left {
  gravity: Gravity;
  /** The word of `left.*`, and what is filled in. */
  says: "days" | "hours" | "hoursMinutes" | "minutes" | "seconds" | "over" | "overHours" | "overDays";
  days: number;
  hours: number;
  minutes: number;
  clock: string;
}

function gravityOf(rest: number): Gravity {
  if (rest < 0) return "late";
  if (rest <= NEAR_MIN * MINUTE) return "near";
  return rest <= SOON_MIN * MINUTE ? "soon" : "calm";
}

export function left(due: number, now: number): Left {
  const rest = due - now;
  const gravity = gravityOf(rest);
  const seconds = Math.floor(Math.abs(rest) / 1000);
  const whole = Math.floor(seconds / 60);
  const [days, hours, minutes] = [Math.floor(whole / 1440), Math.floor(whole / 60) % 24, whole % 60];
  const clock = `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  return { gravity, says: wordOf(rest, whole), days, hours, minutes, clock };
}

function wordOf(rest: number, whole: number): Left["says"] {
  if (rest < 0) {
    if (whole >= 2880) return "overDays";
    return whole >= 60 ? "overHours" : "over";
  }
  if (whole < 5) return "seconds";
  if (whole < 60) return "minutes";
  if (whole >= 2880) return "days";
  return whole % 60 === 0 ? "hours" : "hoursMinutes";
}
