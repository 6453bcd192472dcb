import { expect, test, type Browser, type Page } from "@playwright/test";
import { expectFit, expectTold, noteTold, person, signIn, watch, WIDTHS } from "./desk";

async function enter(browser: Browser, user: string, place: 0 | 1, wrong: string[], baseURL: string): Promise<Page> {
  const colorScheme = place === 0 ? "light" : "dark";
  const context = await browser.newContext({ viewport: WIDTHS[place].viewport, colorScheme, timezoneId: "America/New_York" });
  const page = await context.newPage();
  const its = watch(page, baseURL);
  page.on("close", () => wrong.push(...its));
  await noteTold(page);
  await page.goto("/");
  await signIn(page, person(user));
  await expect(page.getByRole("navigation")).toBeVisible();
  return page;
}

const table = (text: string) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
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
  await expectTold(page, "已排上。");
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

test("people and customers are looked after, a password is handed out by two and changed before anything else", async ({ browser, baseURL }) => {
  const wrong: string[] = [];
  const page = await enter(browser, "admin", 0, wrong, baseURL ?? "");
  await open(page, "人员");
  await page.getByLabel("搜索").fill("李建");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/text=/);
  await expectFit(page);

  // What is wrong is said where it stands; what was typed survives a reload.
  await page.getByRole("button", { name: "新增" }).click();
  const form = page.getByRole("region", { name: "新增人员" });
  await form.getByRole("button", { name: "新增" }).click();
  await expect(form.getByLabel("登录名", { exact: false }).first()).toBeFocused();
  await form.getByLabel(/^登录名/).fill("Xin Ren");
  await form.getByLabel(/^姓名/).fill('"><img src=x onerror=alert(1)>');
  await form.getByLabel(/^角色/).selectOption("engineer");
  await form.getByRole("button", { name: "新增" }).click();
  await expect(form.locator(".wrong").first()).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "新增" }).click();
  await expect(form.getByLabel(/^登录名/)).toHaveValue("Xin Ren");
  await form.getByLabel(/^登录名/).fill("xinren");
  await expectFit(page);
  await form.getByRole("button", { name: "新增" }).click();
  await expect(page).toHaveURL(/\/people\/xinren$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText('"><img src=x onerror=alert(1)>');
  await page.getByRole("button", { name: "发放新密码" }).click();
  await expectTold(page, "已申请，须由另一位管理员或本人确认。");
  const first = await page.locator(".once").innerText();
  await expectFit(page);
  await page.getByRole("button", { name: "已记下" }).click();

  // A table is looked at first: nothing comes in while a cell is wrong.
  await open(page, "人员");
  await expect(page.getByText("须由另一位管理员或本人确认", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "导入" }).click();
  await page.getByLabel(/^表格文件/).setInputFiles(table("登录名,姓名,角色\nok-1,甲,热线\nok-2,乙,老板"));
  await expect(page.getByRole("dialog").getByRole("row").nth(1)).toContainText("角色");
  await expectFit(page);
  await page.getByLabel(/^表格文件/).setInputFiles(table("登录名,姓名,角色\nok-1,甲,热线"));
  await page.getByRole("button", { name: "导入 1 行" }).click();
  await expectTold(page, "已导入 1 行。");

  // What a contract sets otherwise; what follows when a customer leaves.
  await open(page, "客户与合同");
  await page.getByRole("link", { name: "demo-sitech" }).click();
  await page.getByRole("button", { name: /^修改\s*demo-sitech-2026/ }).click();
  const terms = page.locator("form").filter({ has: page.getByLabel(/^现场报进度/) });
  await terms.getByLabel(/^现场报进度/).fill("soon");
  await terms.getByRole("button", { name: "保存修改" }).click();
  await expect(page.locator(".record .wrong").filter({ hasText: /./ }).first()).toBeVisible();
  await terms.getByLabel(/^现场报进度/).fill("20");
  await terms.getByRole("button", { name: "保存修改" }).click();
  await expect(page.getByText("另有约定 1 项")).toBeVisible();
  await page.getByRole("button", { name: "停用客户" }).click();
  await expectFit(page);
  await page.getByRole("button", { name: "先不停用" }).click();
  await open(page, "变更记录");
  await expect(page.getByText("现场报进度（分钟）：20").first()).toBeVisible();
  await expectFit(page);
  await page.context().close();

  // The second administrator is shown the other half; whoever has both chooses their own before anything else.
  const second = await enter(browser, "admin2", 1, wrong, baseURL ?? "");
  await second.goto("/people");
  await second.getByRole("button", { name: /^确认/ }).click();
  const password = first + (await second.locator(".once").innerText());
  await expectFit(second);
  await second.getByRole("button", { name: "已记下" }).click();
  for (const path of ["/people/xinren", "/customers/demo-sitech", "/organisations", "/channels", "/changes"]) {
    await second.goto(path);
    await expect(second.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(second.locator("[aria-busy=true]")).toHaveCount(0);
    await expectFit(second);
  }
  await second.context().close();
  const own = await (await browser.newContext({ viewport: WIDTHS[1].viewport })).newPage();
  await own.goto("/tickets");
  await signIn(own, { user: "xinren", password });
  await expect(own.getByRole("heading", { name: "请设置您自己的密码" })).toBeVisible();
  await expectFit(own);
  await own.getByLabel("原密码").fill(password);
  await own.getByLabel("新密码").fill("twelve bananas at dawn");
  await own.getByRole("button", { name: "修改密码" }).click();
  await expect(own.getByRole("heading", { name: "工单" })).toBeVisible();
  await own.context().close();
  expect(wrong).toEqual([]);
});

test("what a colleague has changed meanwhile is told before somebody leaves, and a failure leaves the dialog open", async ({ browser, baseURL }) => {
  const wrong: string[] = [];
  const first = await enter(browser, "admin", 0, wrong, baseURL ?? "");
  await first.goto("/people/going");
  await first.getByRole("button", { name: "发放新密码" }).click();
  await expect(first.getByRole("dialog", { name: "周远 的新密码（前半）" })).toBeVisible();
  await first.getByRole("button", { name: "已记下" }).click();

  // Whoever owns the password is told what to do with it, not to tell it to its owner.
  const own = await enter(browser, "going", 1, wrong, baseURL ?? "");
  await own.goto("/me");
  await own.getByRole("button", { name: /^确认/ }).click();
  await expect(own.getByRole("dialog", { name: "您的新密码（后半）" })).toContainText("前半由申请的管理员告诉您");
  await own.context().close();

  await first.getByRole("button", { name: "停用账号" }).click();
  const second = await enter(browser, "admin2", 1, wrong, baseURL ?? "");
  await second.goto("/people/going");
  await second.getByLabel(/^电话/).fill("13900000077");
  await second.getByRole("button", { name: "保存修改" }).click();
  await expectTold(second, "已保存。");
  await second.context().close();
  // What is read anew of them comes last of all.
  await first.route("**/api/people/going", async (route) => {
    if (route.request().method() === "GET") await first.waitForTimeout(500);
    await route.continue();
  });
  const leaving = first.getByRole("dialog");
  await leaving.getByRole("button", { name: "停用这个账号" }).click();
  await expect(leaving.getByRole("alert")).toContainText("13900000077");
  await expect(leaving.locator(".ant-btn-loading")).toHaveCount(0);
  await leaving.getByRole("button", { name: "停用这个账号" }).click();
  await expectTold(first, "周远 已停用。");

  await first.goto("/customers/demo-sitech");
  await first.route("**/api/customers/demo-sitech", (route) => (route.request().method() === "PATCH" ? route.abort() : route.continue()));
  await first.getByRole("button", { name: "停用客户" }).click();
  await first.getByRole("button", { name: "停用这个客户" }).click();
  await expect(first.getByRole("dialog").getByRole("alert")).not.toBeEmpty();
  await first.context().close();
  expect(wrong).toEqual([]);
});
