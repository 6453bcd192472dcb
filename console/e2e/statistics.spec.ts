import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { expectFit, person, signIn, THEMES, watch, WIDTHS } from "./desk";

test("figures are seen as pictures and as numbers, and taken away as they are seen", async ({ browser, baseURL }) => {
  for (const [place, { viewport }] of WIDTHS.entries()) {
    const context = await browser.newContext({ viewport, colorScheme: THEMES[place] ?? "light", acceptDownloads: true });
    const page = await context.newPage();
    const wrong = watch(page, baseURL ?? "");
    await page.goto("/stats");
    await signIn(page, person("duty"));
    const received = page.getByRole("region", { name: "受理与办结" });
    await expect(received.locator("svg text").first()).toBeVisible();
    await received.getByRole("button", { name: "看数字" }).click();
    const row = received.getByRole("row").nth(1);
    const [month = "", open = ""] = await row.getByRole("cell").allTextContents();
    expect(month).toMatch(/^20\d\d-\d\d$/);
    expect(Number(open)).toBeGreaterThan(0);
    const [taken] = await Promise.all([page.waitForEvent("download"), received.getByRole("button", { name: "下载" }).click()]);
    expect(taken.suggestedFilename()).toBe("受理与办结.csv");
    expect(readFileSync(await taken.path(), "utf8")).toContain(`${month},${open},`);
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expectFit(page);
    await page.getByLabel("起始月").fill("2020-01");
    await page.getByLabel("截止月").fill("2020-02");
    await expect(received.getByText("这段时间没有数据。")).toBeVisible();
    await expect(page).toHaveURL(/from=2020-01&to=2020-02/);
    expect(wrong).toEqual([]);
    await context.close();
  }
});
