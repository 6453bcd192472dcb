import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { expectFit, person, signIn, THEMES, watch, WIDTHS } from "./desk";

/** Opened, resolved, confirmed and closed before this; it had a command refused. */
const CLOSED = "演示门店收银台死机";

test("an auditor finds a closed ticket, reads it to the second, has it verified and supposed, and takes it along", async ({ browser, baseURL }) => {
  for (const [place, { viewport }] of WIDTHS.entries()) {
    const context = await browser.newContext({ viewport, colorScheme: THEMES[place] ?? "light", acceptDownloads: true });
    const page = await context.newPage();
    const wrong = watch(page, baseURL ?? "");
    await page.goto("/");
    await signIn(page, person("auditor"));
    await expect(page).toHaveURL(/\/audit$/);
    await page.getByLabel("有未受理的指令").click();
    await page.getByRole("searchbox", { name: "搜索" }).fill(CLOSED);
    const row = page.getByRole("row").filter({ hasText: CLOSED });
    await expect(row).toHaveCount(1);
    await expect(page).toHaveURL(/refused=true/);
    await expectFit(page);
    await row.getByRole("link").click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(CLOSED);

    const verdict = page.getByRole("region", { name: "核验" });
    await expect(verdict.getByText("○ 未检查")).toHaveCount(5);
    await expect(verdict.getByText("✓ 成立")).toHaveCount(0);
    const [taken] = await Promise.all([page.waitForEvent("download"), verdict.getByRole("button", { name: "下载证据包" }).click()]);
    expect(readFileSync(await taken.path()).subarray(0, 2).toString()).toBe("PK");
    await verdict.getByRole("button", { name: "开始核验" }).click();
    await expect(verdict.getByRole("status")).toContainText("全部成立");
    await expect(verdict.getByText("✓ 成立")).toHaveCount(5);

    const first = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "第 1 条", exact: true }) });
    await expect(first.locator("time")).toHaveText(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/);
    await expect(page.getByText(/指令 [0-9a-f-]{36}/).first()).toBeVisible();
    await first.getByRole("link", { name: "第 1 条", exact: true }).click();
    await expect(page).toHaveURL(/#1$/);
    await expect(page.getByRole("table", { name: "承诺" })).toBeVisible();
    await expectFit(page);

    await page.getByRole("link", { name: "换合同推演" }).click();
    await expect(page.getByLabel("工单号（最多 20 张）")).toHaveValue(/^[2-9A-Z]{8}$/);
    await expect(page.getByRole("button", { name: "推演" })).toBeDisabled();
    await page.getByLabel("换成合同包").selectOption("nuobida");
    await page.getByRole("button", { name: "推演" }).click();
    await expect(page.getByText("1 张工单，其中")).toBeVisible();
    await expect(page.getByRole("table", { name: "合计" })).toBeVisible();
    await expect(page.getByRole("heading", { name: /→ 诺必达服务体系/ })).toBeVisible();
    const [sheet] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "CSV" }).click()]);
    expect(readFileSync(await sheet.path(), "utf8")).toContain("respond");
    await expectFit(page);
    await page.getByLabel("或客户合同编号").fill("no-such-contract");
    await page.getByRole("button", { name: "推演" }).click();
    await expect(page.locator(".wrong").first()).toBeVisible();
    expect(wrong).toEqual([]);
    await context.close();
  }
});
