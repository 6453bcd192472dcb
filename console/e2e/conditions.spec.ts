/** What the pages meet at real desks: an input method, many tabs, a clock that is wrong, a printer. */
import { expect, test, type Page } from "@playwright/test";
import { person, signIn } from "./desk";

const TABS = 7; // a browser has six connections to a host
const WRONG_MS = 10 * 60_000;

async function begin(page: Page): Promise<void> {
  await page.goto("/");
  await signIn(page, person("hotline"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
}

test("an input method is never interrupted: its letters call no page, and its Enter sends nothing and leaves no field", async ({ page }) => {
  await begin(page);
  await page.keyboard.press("n");
  const title = page.getByLabel("标题");
  await title.focus();
  const line = await page.context().newCDPSession(page);
  for (const text of ["d", "da", "da y", "da yin"]) {
    await line.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await page.keyboard.press("Enter");
  await expect(title).toBeFocused();
  await line.send("Input.insertText", { text: "打印" });
  await expect(title).toHaveValue("打印");
  // Some end the composition before the last Enter, which then comes with this code.
  await title.evaluate((field) => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true } as KeyboardEventInit)));
  await expect(title).toBeFocused();
  await expect(page).toHaveURL(/\/new$/);
  await page.getByLabel("联系电话").fill("１３８ ００００ ００００");
  await expect(page.getByLabel("联系人")).toHaveValue("王工");
});

test("a mistyped address is a page that says so, and leads on", async ({ page }) => {
  await begin(page);
  expect((await page.goto("/tikets"))?.status()).toBe(404);
  await expect(page.getByRole("alert")).toContainText("没有找到");
  await page.getByRole("link", { name: "回到首页" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
});

test("a seventh tab works like the first, and hears of what happens", async ({ context }) => {
  const first = await context.newPage();
  await begin(first);
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await context.newPage());
  for (const tab of tabs) await tab.goto("/me");
  for (const tab of tabs) await expect(tab.getByText("实时")).toBeVisible();
});

test("a machine ten minutes fast, in New York, shows Beijing's time by the server's clock and says so", async ({ browser }) => {
  const page = await (await browser.newContext({ timezoneId: "America/New_York" })).newPage();
  await page.clock.install({ time: Date.now() + WRONG_MS });
  await begin(page);
  await expect(page.getByText("本机时间与服务器相差 10 分，已按服务器时间显示")).toBeVisible();
  const [hours = 0, minutes = 0] = ((await page.locator(".line time").textContent()) ?? "").split(":").map(Number);
  const now = new Date(Date.now() + 8 * 3_600_000);
  const apart = Math.abs(hours * 60 + minutes - now.getUTCHours() * 60 - now.getUTCMinutes()) % (24 * 60 - 3);
  expect(apart).toBeLessThanOrEqual(3);
  await page.context().close();
});

test("a ticket is printed with its promises and what was refused, and with nothing to press", async ({ page }) => {
  await begin(page);
  await page.goto(`/tickets?view=all&text=${encodeURIComponent("演示门店收银台死机")}`);
  await page.goto((await page.getByRole("link", { name: "演示门店收银台死机" }).first().getAttribute("href")) ?? "");
  await expect(page.locator(".timeline .was-refused").first()).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".timeline .was-refused").first()).toBeVisible();
  expect(await page.locator(".promise").count()).toBeGreaterThan(3);
  for (const promise of await page.locator(".promise").all()) await expect(promise).toBeVisible();
  expect(await page.getByRole("button").evaluateAll((all) => all.filter((each) => each.checkVisibility()).map((each) => each.outerHTML))).toEqual([]);
});
