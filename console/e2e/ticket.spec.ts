import { expect, test, type Page } from "@playwright/test";
import { expectFit, person, signIn, watch, WIDTHS } from "./desk";

const TITLE = '"><img src=x onerror=alert(1)> 打印不了发票';
const NASTY = '<script>alert(1)</script> {{7*7}} javascript:alert(1)';

const act = (page: Page, name: string) => page.locator(".acts").getByRole("button", { name }).first();
const form = (page: Page, name: string) => page.getByRole("form", { name });
const told = (page: Page) => expect(page.getByText(/^已登记/).last()).toBeVisible();

async function open(page: Page, user: string): Promise<void> {
  await page.goto("/tickets");
  await signIn(page, person(user));
  await page.goto((await page.getByRole("link", { name: /打印不了发票/ }).first().getAttribute("href")) ?? "");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(TITLE);
}

/** Opens the form of an act, fills it in and sends it. */
async function does(page: Page, name: string, fill: () => Promise<void> = async () => undefined): Promise<void> {
  await act(page, name).click();
  await fill();
  await form(page, name).getByRole("button", { name }).click();
  await expect(form(page, name)).toHaveCount(0);
  await told(page);
}

test("a ticket from its taking to its close, by mouse, past a refusal and a reload", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: "America/New_York" });
  const page = await context.newPage();
  const wrong = watch(page, baseURL ?? "");
  await open(page, "engineer");
  await does(page, "接单");
  // What is wrong is said at its field.
  await act(page, "转入阶段").click();
  await form(page, "转入阶段").getByText("电话支持").click();
  await page.getByLabel("原因").fill("\u202Etxt");
  await form(page, "转入阶段").getByRole("button", { name: "转入阶段" }).click();
  await expect(form(page, "转入阶段").locator("[data-path=reason]").getByRole("alert")).toContainText("U+202E");
  await page.getByLabel("原因").fill(NASTY);
  await form(page, "转入阶段").getByRole("button", { name: "转入阶段" }).click();
  await expect(form(page, "转入阶段")).toHaveCount(0);

  // What is not possible says why and what opens it.
  await page.getByText(/^暂不可办/).click();
  await expect(page.getByRole("listitem").filter({ hasText: "办结" }).first()).toContainText("请先定级");
  await expectFit(page);

  // What was typed survives a reload.
  await act(page, "备注").click();
  // A phrase is a slash away, and knows whom and what it is about.
  await page.getByLabel("备注内容").pressSequentially("/通报");
  await expect(page.getByRole("option")).toHaveCount(1);
  await expectFit(page);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("备注内容")).toHaveValue(/^孙工，您好。工单 [A-Z0-9]{8} 由 李建国 处理。$/);
  await page.getByLabel("备注内容").fill(NASTY);
  // What is typed in another tab is another draft, and neither is written over.
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel("备注内容").fill("另一页的草稿");
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => /\/note(~|$)/.test(key)).length)).toBe(2);
  await other.reload();
  await expect(other.getByLabel("备注内容")).toHaveValue("另一页的草稿");
  await form(other, "备注").getByRole("button", { name: "放弃草稿" }).click();
  await other.close();
  await page.reload();
  await expect(page.getByLabel("备注内容")).toHaveValue(NASTY);
  await expect(form(page, "备注").getByText(/^草稿/)).toBeVisible();
  await expectFit(page);

  // Where nobody answers it stays, and is recorded once.
  await page.route("**/commands", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  await form(page, "备注").getByRole("button", { name: "备注" }).click();
  await expect(form(page, "备注")).toContainText("没有收到答复");
  await page.unroute("**/commands");
  await page.reload();
  await form(page, "备注").getByRole("button", { name: "再次提交" }).click();
  await expect(form(page, "备注")).toHaveCount(0);

  await does(page, "定级", () => form(page, "定级").getByText("一般", { exact: true }).first().click());
  // What is refused says why, and what was typed stays.
  await act(page, "办结").click();
  await page.getByLabel("处理结果").fill("好了");
  await form(page, "办结").getByRole("button", { name: "办结" }).click();
  await expect(form(page, "办结").getByRole("alert")).toContainText("没有登记：服务日志至少写 4 个字");
  await expect(page.getByLabel("处理结果")).toHaveValue("好了");
  await page.getByLabel("处理结果").fill("换了打印服务器的驱动");
  await form(page, "办结").getByRole("button", { name: "办结" }).click();
  await expect(form(page, "办结")).toHaveCount(0);
  await expect(page.locator(".timeline")).toContainText(NASTY);
  await expect(page.locator(".timeline .was-refused")).toContainText("服务日志至少写 4 个字");

  // Whoever resolved it does not confirm it: a colleague records the customer's word, on a small screen.
  const small = await browser.newContext({ viewport: WIDTHS[1].viewport, colorScheme: "dark" });
  const phone = await small.newPage();
  const alsoWrong = watch(phone, baseURL ?? "");
  await phone.goto(new URL(page.url()).pathname);
  await signIn(phone, person("hotline"));
  await does(phone, "确认解决", async () => {
    await phone.getByLabel("客户方谁说的").fill("孙工");
    await form(phone, "确认解决").getByText("电话", { exact: true }).click();
    await expectFit(phone);
  });
  await expect(phone.getByRole("list", { name: "阶段" }).locator("[aria-current]")).toHaveText("已关闭");
  await expectFit(phone);
  await small.close();
  expect([...wrong, ...alsoWrong]).toEqual([]);
  await context.close();
});
