import { expect, test } from "@playwright/test";
import { expectFit, person, signIn, THEMES, watch, WIDTHS } from "./desk";

test("somebody says when they want to be left alone, and an administrator by which channels a role is told", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: WIDTHS[1].viewport });
  const page = await context.newPage();
  const wrong = watch(page, baseURL ?? "");
  await page.goto("/me");
  await signIn(page, person("engineer"));
  const wishes = page.locator("section").filter({ has: page.getByRole("heading", { name: "消息渠道" }) });
  await wishes.getByLabel("免打扰开始").fill("22:00");
  await wishes.getByRole("button", { name: "保存" }).click();
  await expect(wishes.getByText("须同时给出开始和结束")).toBeVisible();
  await wishes.getByLabel("免打扰结束").fill("07:00");
  await wishes.getByRole("button", { name: "保存" }).click();
  await expect(wishes.getByText("须同时给出开始和结束")).toHaveCount(0);
  await expectFit(page);
  await page.reload();
  await expect(wishes.getByLabel("免打扰结束")).toHaveValue("07:00");
  await context.close();

  for (const [place, { viewport }] of WIDTHS.entries()) {
    const office = await browser.newContext({ viewport, colorScheme: THEMES[place] ?? "light" });
    const rules = await office.newPage();
    wrong.push(...watch(rules, baseURL ?? ""));
    await rules.goto("/channels");
    await signIn(rules, person("admin"));
    const informs = rules.getByRole("region", { name: "知会" });
    await informs.getByRole("button", { name: "为某个角色另定" }).click();
    await informs.getByLabel(/^角色/).selectOption("leader");
    await informs.getByRole("group", { name: "首选渠道" }).getByLabel("公司消息接口").uncheck();
    await expectFit(rules);
    await informs.getByRole("button", { name: "保存修改" }).click();
    await expect(informs.getByRole("listitem").filter({ hasText: "主管领导" })).toContainText("由邮件、企业微信、钉钉、飞书发出");
    await informs.getByRole("button", { name: /^恢复默认/ }).click();
    await expect(informs.getByRole("listitem")).toHaveCount(1);
    await office.close();
  }
  expect(wrong).toEqual([]);
});
