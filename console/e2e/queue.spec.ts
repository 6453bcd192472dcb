import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectFit, person, signIn, watch, WIDTHS } from "./desk";

const rows = (page: Page) => page.locator("[role=row][aria-selected]");
const row = (page: Page, title: string) => rows(page).filter({ hasText: title });
/** Two of them, before anything can be drawn between. */
const clickBoth = (buttons: Locator) => buttons.evaluateAll((all) => all.slice(0, 2).forEach((each) => (each as HTMLElement).click()));

test("the queue by keyboard: filtered, opened beside, and found again as an address", async ({ page, baseURL }) => {
  const wrong = watch(page, baseURL ?? "");
  await page.setViewportSize(WIDTHS[0].viewport);
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  await expect(row(page, "打印不了发票").first()).toBeVisible();
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: "合同" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(page).toHaveURL(/contract=/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^级别/ }).click();
  await page.getByRole("checkbox").first().click();
  await expect(page).toHaveURL(/level=/);
  await expectFit(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("v");
  await expect(page.getByRole("menuitem", { name: "保存当前视图…" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("请填写")).toHaveCount(0);
  await page.getByLabel("视图名称").fill("按级别看");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "按级别看" })).toBeVisible();
  await expect(page.getByRole("list", { name: "保存的视图" }).getByRole("link", { name: /^按级别看/ })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByRole("menuitem", { name: "电子表格" })).toBeFocused();
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  await page.locator("#queue-text").fill("没有这样的工单");
  await page.keyboard.press("Enter");
  await expect(page.getByText("没有符合条件的工单。")).toBeVisible();
  await page.getByRole("list", { name: "当前筛选" }).getByText("清除筛选").click();
  await expect(page).toHaveURL(/\/tickets\?view=all$/);
  await expect(rows(page).first()).toBeVisible();
  const grid = page.getByRole("grid", { name: "工单" });
  await page.keyboard.press("j");
  await expect(grid).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(page.locator("[role=row][aria-selected=true]")).toHaveCount(2);
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/open=/);
  await expect(page.getByRole("complementary").getByRole("heading", { level: 1 })).toBeVisible();
  await expectFit(page);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/open=/);
  await expect(grid).toBeFocused();
  expect(wrong).toEqual([]);
});

test("two changes of what is asked for, one right after the other, are both kept, though the page is drawn later", async ({ page }) => {
  await page.setViewportSize(WIDTHS[0].viewport);
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole("button", { name: /^级别/ }).click();
  await expect(page.getByRole("checkbox").nth(1)).toBeVisible();
  await clickBoth(page.getByRole("checkbox"));
  await expect(page).toHaveURL(/view=all&level=[^&]+&level=[^&]+$/);
  await page.keyboard.press("Escape");
  const chips = page.getByRole("list", { name: "当前筛选" }).getByRole("button", { name: /^去掉/ });
  await expect(chips).toHaveCount(2);
  await clickBoth(chips);
  await expect(page).toHaveURL(/\/tickets\?view=all$/);
  // Back goes step by step.
  await page.goBack();
  await expect(page).toHaveURL(/level=/);
  await page.goto("/roster?duty=hotline&week=2044-01-04");
  const next = page.getByRole("button", { name: "下一周" });
  await expect(next).toBeVisible();
  await next.evaluate((button) => [1, 2].forEach(() => (button as HTMLElement).click()));
  await expect(page).toHaveURL(/week=2044-01-18$/);
});

test("a row is opened by a click: beside, by its title on its own page, by Ctrl or the middle button in another tab", async ({ page, context }) => {
  await page.setViewportSize(WIDTHS[0].viewport);
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  const leak = row(page, "机房空调漏水");
  const title = leak.getByRole("link", { name: "机房空调漏水" });
  for (const click of [() => title.click({ modifiers: ["Control"] }), () => title.click({ button: "middle" })]) {
    const [other] = await Promise.all([context.waitForEvent("page"), click()]);
    await expect(other).toHaveURL(/\/tickets\/[2-9A-Z]{8}$/);
    await other.close();
  }
  await expect(page).toHaveURL(/\/tickets\?view=all$/);
  await leak.locator(".clock").click();
  await expect(page).toHaveURL(/open=[2-9A-Z]{8}/);
  await title.click();
  await expect(page).toHaveURL(/\/tickets\/[2-9A-Z]{8}$/);
});

test("many tickets at once: each has its own result, a refused one its reason; what changed waits in a bar", async ({ page, baseURL }) => {
  const wrong = watch(page, baseURL ?? "");
  await page.setViewportSize(WIDTHS[0].viewport);
  await page.goto("/tickets?text=批量");
  await signIn(page, person("hotline"));
  await expect(rows(page)).toHaveCount(2);
  const pause = async (accepted: number, failed: number) => {
    await page.getByRole("toolbar").getByRole("button", { name: "暂停计时" }).click();
    const form = page.getByRole("form", { name: "暂停计时" });
    await form.getByText("等待客户", { exact: false }).first().click();
    await form.getByRole("textbox").first().fill("等客户安排停机时间");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByText(`已受理 ${accepted}，未受理 ${failed}，未提交 0`)).toBeVisible();
  };
  await row(page, "批量甲").getByRole("button").click();
  await pause(1, 0);
  await expectFit(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^有 \d 张变化/)).toBeVisible();
  await page.keyboard.press("r");
  await expect(row(page, "批量甲")).toContainText("暂停计时");
  await row(page, "批量乙").getByRole("button").click();
  await pause(1, 1);
  const result = page.getByRole("list", { name: "各张工单的结果" }).getByRole("listitem");
  await expect(result.filter({ hasText: "批量甲" })).toContainText(/被拒 .{4}/);
  await expect(result.filter({ hasText: "批量乙" })).toContainText("已受理");
  await expect(page.getByRole("button", { name: "只重试失败的（1）" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "查看结果" }).click();
  await page.getByRole("button", { name: "不再提交" }).click();
  await expect(page.getByRole("button", { name: "查看结果" })).toHaveCount(0);
  expect(wrong).toEqual([]);
});
