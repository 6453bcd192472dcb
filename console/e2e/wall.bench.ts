import { expect, test } from "@playwright/test";
import { NOISE_BYTES, outlived } from "./wall";

/** An answer each ten seconds. */
const A_DAY = 8640;
const DAYS = [0.1, 1, 2, 5, 10, 15, 20, 25, 30];

test("a month of the wall", async ({ page }) => {
  test.setTimeout(0);
  const held = await outlived(page, DAYS.map((days) => days * A_DAY), (bytes, place) => {
    process.stdout.write(`wall, day ${DAYS[place]}: ${(bytes / 1e6).toFixed(2)} MB\n`);
  });
  expect(Math.max(...held)).toBeLessThan((held[0] ?? 0) + NOISE_BYTES);
});
