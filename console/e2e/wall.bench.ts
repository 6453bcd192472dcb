import { test } from "@playwright/test";
import { outlived } from "./wall";

/** An answer each ten seconds. */
const A_DAY = 8640;
/** The first once all has been loaded. */
const DAYS = [0.04, 0.1, 0.2, 0.4, 0.7, ...Array.from({ length: 30 }, (_, day) => day + 1)];

test("a month of the wall, or as much of it as there is time for", async ({ page }) => {
  test.setTimeout(0);
  const held = await outlived(page, DAYS.map((days) => Math.round(days * A_DAY)), Number(process.env["WITHIN_S"] ?? Infinity) * 1000);
  const told = held.map(({ polls, bytes }) => ({ day: Math.round((polls / A_DAY) * 100) / 100, bytes }));
  process.stdout.write(`\nmeasured ${JSON.stringify(told)}\n`);
});
