/** How a page is pictured: as whoever it is for sees it, in a file that a README can carry. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Browser, type Page } from "@playwright/test";
import { person, signIn, WIDTHS } from "./desk";

export const FOLDER = process.env["PICTURES"] ?? "../docs/screenshots";
const MOST_BYTES = 150_000;

/** As a page shows itself once this is there, in a format that every browser reads; as good as its size allows. */
export async function picture(page: Page, name: string, ready: string): Promise<void> {
  await page.locator(ready).first().waitFor();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.waitForTimeout(1000);
  const line = await page.context().newCDPSession(page);
  for (const quality of [90, 75, 60]) {
    const { data } = await line.send("Page.captureScreenshot", { format: "webp", quality });
    const bytes = Buffer.from(data, "base64");
    if (bytes.length > MOST_BYTES) continue;
    writeFileSync(join(FOLDER, `${name}.webp`), bytes);
    return;
  }
  throw new Error(`${name} is larger than ${MOST_BYTES} bytes`);
}

interface Look {
  user: string;
  /** Where they sign in. */
  at?: string;
  place?: 0 | 1;
  colorScheme?: "light" | "dark";
  language?: "zh" | "en";
}

export async function enter(browser: Browser, { user, at = "/", place = 0, colorScheme = "light", language = "zh" }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: WIDTHS[place].viewport, colorScheme });
  await context.addInitScript((chosen) => localStorage.setItem("zhishou.preferences", JSON.stringify({ language: chosen })), language);
  const page = await context.newPage();
  await page.goto(at);
  await signIn(page, person(user));
  await page.locator("input[type=password]").waitFor({ state: "detached" });
  await page.locator("nav, h1").first().waitFor();
  return page;
}
