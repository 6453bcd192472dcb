import { expect, test, type Browser, type Page } from "@playwright/test";
import { expectFit, person, signIn, watch, WIDTHS } from "./desk";

async function enter(browser: Browser, user: string, place: 0 | 1, wrong: string[], baseURL: string): Promise<Page> {
  const colorScheme = place === 0 ? "light" : "dark";
  const context = await browser.newContext({ viewport: WIDTHS[place].viewport, colorScheme, timezoneId: "America/New_York" });
  const page = await context.newPage();
  const its = watch(page, baseURL);
  page.on("close", () => wrong.push(...its));
  await page.goto("/");
  await signIn(page, person(user));
  await expect(page.getByRole("navigation")).toBeVisible();
  return page;
}

const open = (page: Page, name: string) => page.getByRole("navigation").getByRole("link", { name, exact: true }).click();

test("what a contract promises is read and tried, and who is on duty is planned, past a gap", async ({ browser, baseURL }) => {
  const wrong: string[] = [];
  const page = await enter(browser, "duty", 0, wrong, baseURL ?? "");
  await open(page, "合同包");
  await page.getByRole("link", { name: "思特奇售后服务保障体系" }).click();
  await page.getByRole("combobox", { name: "级别" }).selectOption({ label: "C级" });
  await page.getByLabel("受理时间").fill("2026-02-13T23:00");
  await expect(page.locator(".working-out").getByText("02-14 05:00 前")).toBeVisible();
  await page.locator(".working-out").getByRole("button", { name: /为什么？\s*响应/ }).click();
  await expect(page.locator(".working-out").getByText(/003-18/)).toBeVisible();
  await expect(page.getByText("各事业部需在5*24小时内随时响应,6小时内回复")).toBeVisible();
  await expectFit(page);
  await page.getByText(/^冲突 \d/).click();
  await expect(page.getByText(/003-18 响应/).first()).toBeVisible();

  await open(page, "排班");
  await page.goto("/roster?duty=stock_keeper&week=2044-01-04");
  await expect(page.getByText("空档 1 处")).toBeVisible();
  await page.getByRole("button", { name: "排班" }).click();
  await page.getByLabel("值班人").selectOption("stock");
  await page.getByLabel("结束").fill("2044-01-05T08:00");
  await page.getByRole("button", { name: "排上" }).click();
  await expect(page.getByText("已排上。")).toBeVisible();
  await expect(page.getByText("空档 2 处")).toBeVisible();
  await expect(page.getByText("空档 00:00–08:00")).toBeVisible();
  await expect(page.getByText("08:00–24:00", { exact: true })).toBeVisible();
  await expectFit(page);
  await page.getByRole("button", { name: /^撤下/ }).first().click();
  await expectFit(page);
  await page.getByRole("button", { name: "撤下这个班次" }).click();
  await expect(page.getByText("空档 1 处")).toBeVisible();
  await page.context().close();

  const small = await enter(browser, "hotline", 1, wrong, baseURL ?? "");
  for (const path of ["/roster", "/packs/fuao?view=process"]) {
    await small.goto(path);
    await expect(small.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(small.locator("[aria-busy=true]")).toHaveCount(0);
    await expectFit(small);
  }
  await expect(small.getByRole("button", { name: "排班" })).toHaveCount(0);
  await small.context().close();
  expect(wrong).toEqual([]);
});
