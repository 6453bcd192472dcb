import { expect, test, type Page } from "@playwright/test";
import { expectFit, person, signIn, tokenOf, watch, WIDTHS } from "./desk";

for (const [place, { name, viewport }] of WIDTHS.entries()) {
  test(`a call is seen as it rings, and one that nobody took is returned, at ${name} px`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ viewport, colorScheme: place === 0 ? "light" : "dark" });
    const page = await context.newPage();
    const wrong = watch(page, baseURL ?? "");
    await page.goto("/");
    await signIn(page, person("hotline"));
    await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
    const tells = await telephone(page);

    await tells(`rings-${name}`, "ringing", "13711112222");
    const rings = page.getByRole("listitem").filter({ hasText: "13711112222" });
    await expect(rings.getByText("响铃中")).toBeVisible();
    await tells(`rings-${name}`, "answered", "13711112222");
    await expect(rings.getByText("通话中")).toBeVisible();
    await tells(`rings-${name}`, "hung_up", "13711112222");
    await expect(rings).toHaveCount(0);

    await tells(`vain-${name}`, "hung_up", "13733334444");
    const vain = page.getByRole("listitem").filter({ hasText: "13733334444" });
    await expect(vain.getByText(/\d\d:\d\d 前回电/)).toBeVisible();
    await expectFit(page);
    await vain.getByRole("button", { name: "已回电" }).click();
    await expect(vain).toHaveCount(0);

    await tells(`again-${name}`, "hung_up", "13900000011");
    await page.getByRole("listitem").filter({ hasText: "13900000011" }).getByRole("link", { name: "登记工单" }).click();
    await expect(page.getByLabel("联系电话")).toHaveValue("13900000011");
    await expect(page.getByLabel("联系人")).toHaveValue("赵工");
    await page.getByLabel("标题").fill(`来电登记 ${name}`);
    await page.getByLabel("故障描述").fill("考勤机又连不上了");
    await page.getByRole("button", { name: "受理" }).click();
    await expect(page).toHaveURL(/\/tickets\/[2-9A-Z]{8}$/);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
    await expect(page.getByText("13900000011")).toHaveCount(0);

    await tells(`withheld-${name}`, "hung_up", "anonymous");
    const withheld = page.getByRole("listitem").filter({ hasText: "未显示号码" });
    await withheld.getByRole("link", { name: "登记工单" }).click();
    await page.getByLabel("联系电话").fill("13900000011");
    await expect(page.getByLabel("联系人")).toHaveValue("赵工");
    await page.getByLabel("标题").fill(`隐号来电 ${name}`);
    await page.getByLabel("故障描述").fill("考勤机又连不上了");
    await page.getByRole("button", { name: "受理" }).click();
    await expect(page).toHaveURL(/\/tickets\/[2-9A-Z]{8}$/);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
    await expect(withheld).toHaveCount(0);

    // Nobody can call back who does not show their number; that somebody tried is seen all the same.
    await tells(`hidden-${name}`, "hung_up", "anonymous");
    const hidden = page.locator(".records tbody tr").filter({ hasText: "未显示号码" }).first();
    await page.goto("/calls");
    await expect(hidden.getByRole("button", { name: "已回电" })).toBeVisible();
    await expect(hidden).toContainText("周晓雯");
    await hidden.getByRole("button", { name: "已回电" }).click();
    await expect(hidden).toHaveCount(0);
    await page.getByText("全部", { exact: true }).click();
    await expect(hidden).toContainText(/周晓雯 \d\d:\d\d 已处理/);
    await expect(page.locator(".records tbody tr").filter({ hasText: "13900000011" }).first()).toContainText("赵工");
    await expectFit(page);
    expect(wrong).toEqual([]);
    await context.close();
  });
}

/** What a telephone system would tell, with its own token. */
async function telephone(page: Page): Promise<(id: string, event: string, number: string) => Promise<void>> {
  const headers = { Authorization: `Bearer ${await tokenOf(page, "telephone")}` };
  return async (id, event, number) => {
    const told = await page.request.post("/api/cti/calls", { headers, data: { id, event, number } });
    expect(told.ok(), await told.text()).toBe(true);
  };
}
