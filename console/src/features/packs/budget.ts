/** How long a promise gives us, out of what the API says: `PT2H30M`, or a number of days. */
const PARTS = /^PT(?:(\d+)H)?(?:(\d+)M)?$/;

export type Budget = { unit: "days"; days: number } | { unit: "time"; hours: number; minutes: number };

export function budgetOf(said: string | number): Budget {
  if (typeof said === "number") return { unit: "days", days: said };
  const [, hours = "0", minutes = "0"] = PARTS.exec(said) ?? [];
  return { unit: "time", hours: Number(hours), minutes: Number(minutes) };
}

/** Whether a calendar's id is what people call it, such as `5*8`; others are names of the pack's file alone. */
export const calledByHours = (id: string) => /^\d\*\d+$/.test(id);
