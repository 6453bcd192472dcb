import { join } from "node:path";
import { expect, test, type Page, type Route } from "@playwright/test";
import { expectFit, person, signIn, THEMES, watch, WIDTHS } from "./desk";

const GRANT = "报表查询很慢";
const PART = "机柜电源告警";
const CHANGE = "申请升级到新版本";
const DONE = "打印服务停止";
const MAJOR = "主控板反复重启";

const card = (page: Page, title: string) => page.locator("section").filter({ has: page.getByRole("heading", { name: title }) });
const form = (page: Page, name: string) => page.getByRole("form", { name, exact: true });
const picture = async (page: Page, name: string) => {
  const folder = process.env["PICTURES"];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

async function begin(page: Page, user: string): Promise<void> {
  await page.goto("/");
  await signIn(page, person(user));
  await expect(page).toHaveURL(/\/my$/);
}

async function open(page: Page, title: string): Promise<void> {
  await page.goto("/my");
  await page.getByRole("link", { name: title }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

/** Answers by the form of one card, which is gone then. */
async function answers(page: Page, asked: string, act: string, fill: () => Promise<void> = async () => undefined): Promise<void> {
  await card(page, asked).getByRole("button", { name: act, exact: true }).click();
  await fill();
  await expectFit(page);
  await form(page, act).getByRole("button", { name: act, exact: true }).click();
  await expect(page.getByText(/^已登记/).last()).toBeVisible();
  await expect(card(page, asked)).toHaveCount(0);
}

test("a customer finds what waits for them, answers each by one form, and sees what was promised", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: WIDTHS[1].viewport, colorScheme: "light" });
  const page = await context.newPage();
  const wrong = watch(page, baseURL ?? "");
  await begin(page, "customer");
  const waits = card(page, "等您处理");
  for (const title of [GRANT, PART, CHANGE, DONE]) await expect(waits.getByRole("link", { name: title })).toBeVisible();
  // What is the approvers' alone waits for them.
  await expect(waits.getByRole("link", { name: MAJOR })).toHaveCount(0);
  await expect(page.getByRole("link", { name: MAJOR })).toBeVisible();
  await expectFit(page);
  await picture(page, "my-360");

  await open(page, GRANT);
  await expect(card(page, "答复远程授权")).toContainText("查看锁等待");
  await expect(card(page, "承诺").getByRole("button", { name: "为什么？" }).first()).toBeVisible();
  await expect(page.getByText("投诉请拨打")).toBeVisible();
  await expect(page.getByText("仅内部")).toHaveCount(0);
  await expectFit(page);
  await picture(page, "my-ticket-360");
  await answers(page, "答复远程授权", "授权远程", async () => {
    // What was asked for stands there already.
    await expect(page.getByLabel("授权范围")).toHaveValue("数据库");
    await picture(page, "my-form-360");
  });
  await expect(card(page, "其他操作").getByRole("button", { name: "撤销远程授权" })).toBeVisible();
  await card(page, "其他操作").getByRole("button", { name: "留言" }).click();
  await page.getByRole("textbox", { name: "留言" }).fill("请在下班后操作");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "留言" })).toHaveValue("请在下班后操作");
  await form(page, "留言").getByRole("button", { name: "留言" }).click();
  await expect(card(page, "进展").getByText("请在下班后操作")).toBeVisible();

  await open(page, PART);
  await expect(card(page, "同意换件")).toContainText("电源模块");
  await answers(page, "同意换件", "同意换件", () => page.getByLabel("说明").fill("同意更换"));
  await open(page, CHANGE);
  await expect(card(page, "同意变更")).toContainText("说明 3 页");
  await expect(card(page, "验收变更")).toContainText("已扩容");
  // The same refusal stands in two cards, and is of the one alone that it was chosen in.
  await answers(page, "同意变更", "不同意变更", () => page.getByLabel("原因").fill("正值业务高峰"));
  await expect(card(page, "验收变更").getByRole("button", { name: "不同意变更" })).toBeVisible();
  await answers(page, "验收变更", "验收变更", () => page.getByLabel("说明").fill("容量已够"));
  await open(page, DONE);
  const theirs = new URL(page.url()).pathname;
  await expect(card(page, "确认解决")).toContainText("重启服务后恢复");
  // Whoever goes on before the answer is there is not led back by it.
  const held: Route[] = [];
  await page.route("**/commands", (route) => (route.request().method() === "POST" ? void held.push(route) : route.continue()));
  await card(page, "确认解决").getByRole("button", { name: "确认解决", exact: true }).click();
  await form(page, "确认解决").getByRole("button", { name: "确认解决", exact: true }).click();
  await expect.poll(() => held.length).toBe(1);
  await page.getByRole("navigation").getByRole("link", { name: "首页" }).click();
  await expect(page).toHaveURL(/\/my$/);
  await Promise.all(held.map((route) => route.continue()));
  await expect(page.getByText(/^已登记/).last()).toBeVisible();
  await expect(page).toHaveURL(/\/my$/);
  await expect(page.getByText("没有等您处理的事项。")).toBeVisible();
  await page.getByText("已结束", { exact: true }).click();
  await expect(page.getByRole("link", { name: DONE })).toBeVisible();
  // A link as a mail has it, or as one of ours has passed it on, leads to their own page of the ticket.
  await page.goto(theirs.replace("/my/", "/tickets/"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(DONE);
  expect(new URL(page.url()).pathname).toBe(theirs);
  // The desk's pages are not theirs.
  await page.goto("/tickets");
  await expect(page.getByRole("alert")).toContainText("您的角色没有这个页面");
  expect(wrong).toEqual([]);
  await context.close();
});

test("an approver reads the application and agrees, in either width, theme and language", async ({ browser, baseURL }) => {
  for (const [place, user] of ["tech", "business"].entries()) {
    const context = await browser.newContext({ viewport: WIDTHS[place]?.viewport ?? null, colorScheme: THEMES[1 - place] ?? "light" });
    const page = await context.newPage();
    const wrong = watch(page, baseURL ?? "");
    await begin(page, user);
    await open(page, MAJOR);
    await expectFit(page);
    await picture(page, `my-approval-${place}`);
    // Whoever writes in another tab when it is answered is not left without a word.
    const beside = await context.newPage();
    await beside.goto(page.url());
    await card(beside, "审批重大问题服务申请").getByRole("button", { name: "不同意申请" }).click();
    await beside.getByLabel("意见").fill("还没有写完");
    await answers(page, "审批重大问题服务申请", "同意申请", async () => {
      await expect(page.getByText("今晚切换").first()).toBeVisible();
      await page.getByLabel("意见").fill("同意今晚执行");
    });
    await expect(beside.getByRole("alert").filter({ hasText: "没有提交" })).toContainText("还没有写完");
    await expectFit(beside);
    await beside.getByRole("button", { name: "关闭" }).click();
    await expect(beside.getByText("还没有写完")).toHaveCount(0);
    await beside.close();
    await page.goto("/my");
    await expect(page.getByText("没有等您处理的事项。")).toBeVisible();
    await expectFit(page);
    expect(wrong).toEqual([]);
    await context.close();
  }
});

test("a vendor sees the case and nothing of the contract, and concludes it", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: WIDTHS[0].viewport, colorScheme: "dark" });
  const page = await context.newPage();
  const wrong = watch(page, baseURL ?? "");
  await begin(page, "vendor");
  await page.getByRole("button", { name: /吴志强/ }).click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await expect(page.getByRole("heading", { name: "Waits for you" })).toHaveCount(0);
  await open(page, PART);
  await expect(page.getByRole("heading", { name: "Promises" })).toHaveCount(0);
  const asked = card(page, "A case for you to conclude");
  await expect(asked).toContainText("请支援更换电源");
  await expectFit(page);
  await picture(page, "my-vendor-1440-en-dark");
  await asked.getByRole("button").first().click();
  await page.getByRole("textbox").first().fill("已寄出新电源");
  await form(page, "Close the vendor's case").getByRole("button", { name: "Close the vendor's case" }).click();
  await expect(asked).toHaveCount(0);
  expect(wrong).toEqual([]);
  await context.close();
});
