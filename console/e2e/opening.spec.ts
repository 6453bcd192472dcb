import { expect, test, type Page } from "@playwright/test";
import { expectFit, person, signIn, watch, WIDTHS } from "./desk";

const TITLE = '"><img src=x onerror=alert(1)> 营业厅接口报错';
const NEW = /\/tickets\/[2-9A-Z]{8}$/;

async function begin(page: Page): Promise<void> {
  await page.goto("/");
  await signIn(page, person("hotline"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
}

for (const [place, { name, viewport }] of WIDTHS.entries()) {
  test(`a report is taken from a number at ${name} px, and survives a reload`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ viewport, colorScheme: place === 0 ? "light" : "dark" });
    const page = await context.newPage();
    const wrong = watch(page, baseURL ?? "");
    await begin(page);
    await page.getByRole("navigation").getByRole("link", { name: "新建" }).click();
    await page.getByRole("button", { name: "受理" }).click();
    await expect(page.getByText("请填写联系电话")).toBeVisible();
    await expect(page.getByLabel("联系电话")).toBeFocused();
    await page.getByLabel("联系电话").fill("+86 138-0000 0000");
    await expect(page.getByLabel("联系人")).toHaveValue("王工");
    await expect(page.getByLabel("合同")).toHaveValue("demo-sitech-2026");
    await expect(page.getByRole("complementary").getByRole("link", { name: /计费系统停了/ })).toBeVisible();
    await page.getByRole("radio", { name: "B级" }).check();
    await expect(page.getByText("到达现场").first()).toBeVisible();
    await page.getByLabel("现场地址").fill("海港路 18 号 B 座 3 层机房");
    await page.getByLabel("标题").fill("营业厅\u202E接口报错");
    await page.getByLabel("故障描述").fill("</textarea><script>alert(1)</script>");
    await page.getByRole("button", { name: "受理" }).click();
    await expect(page.locator("#new-title-wrong")).toBeVisible();
    await expect(page.getByLabel("标题")).toBeFocused();
    await expectFit(page);
    await page.getByLabel("标题").fill(TITLE);
    await expect(page.locator("#new-title-wrong")).toHaveCount(0);
    await page.reload();
    await expect(page.getByLabel("标题")).toHaveValue(TITLE);
    await expect(page.getByRole("radio", { name: "B级" })).toBeChecked();
    await page.getByRole("button", { name: "受理" }).click();
    await expect(page).toHaveURL(NEW);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(TITLE);
    await page.getByText("海港路 18 号 B 座 3 层机房").locator("..").getByRole("button", { name: "复制" }).click();
    await expect(page.getByRole("status").filter({ hasText: "已复制" })).toBeVisible();
    await page.goto("/new");
    await expect(page.getByLabel("标题")).toHaveValue("");
    expect(wrong).toEqual([]);
    await context.close();
  });
}
