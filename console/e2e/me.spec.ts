import { expect, test } from "@playwright/test";
import { expectFit, person, signIn, watch, WIDTHS } from "./desk";

test("somebody says when they want to be left alone, and is told what is missing", async ({ browser, baseURL }) => {
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
  expect(wrong).toEqual([]);
  await context.close();
});
