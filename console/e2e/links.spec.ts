import { expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { expectFit, person, signIn, THEMES, watch, WIDTHS } from "./desk";

const [BY_LINK, BY_CODE] = ["报表打不开", "考勤机连不上"];
const PICTURES = process.env["LINK_PICTURES"];

const shot = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};

async function desk(browser: Browser, title: string, user: string, place: 0 | 1, colorScheme: "light" | "dark"): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: WIDTHS[place].viewport, colorScheme });
  const page = await context.newPage();
  await page.goto(`/tickets?text=${encodeURIComponent(title)}`);
  await signIn(page, person(user));
  await page.goto((await page.getByRole("link", { name: title }).first().getAttribute("href")) ?? "");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  return { page, context };
}

const act = (page: Page, name: string) => page.locator(".acts").getByRole("button", { name }).first();
const form = (page: Page, name: string) => page.getByRole("form", { name });

/** Those that were issued, as the ticket's page has them. */
const links = (page: Page) => page.locator("section.card").filter({ has: page.getByRole("heading", { name: "一次性链接" }) });

/** The front desk hands a link over, and reads out or sends what opens it. */
async function hands(page: Page, show: string): Promise<void> {
  await act(page, "发一次性链接").click();
  await form(page, "发一次性链接").getByText("刘雅琴").click();
  await form(page, "发一次性链接").getByText("答复远程授权").click();
  await expectFit(page);
  await form(page, "发一次性链接").getByRole("button", { name: "发一次性链接" }).click();
  const panel = page.getByRole("region", { name: "一次性链接" });
  await expect(panel).toContainText("您不能凭此答复继续操作");
  await panel.getByRole("button", { name: show }).click();
  await expect(panel.getByRole("status").first()).toContainText("有效至");
  await expectFit(page);
}

test("a yes on the telephone, given by the customer with a link on a phone, lets the session start", async ({ browser, baseURL }) => {
  const { page, context } = await desk(browser, BY_LINK, "hotline", 0, "light");
  const wrong = watch(page, baseURL ?? "");
  await hands(page, "显示链接");
  await expect(links(page)).toContainText("周晓雯 交给 刘雅琴");
  await expect(links(page)).toContainText("尚未使用");
  await shot(page, "panel-link-1440");
  const address = (await page.locator(".handed .address").textContent()) ?? "";

  const phone = await browser.newContext({ viewport: WIDTHS[1].viewport, locale: "zh-CN", colorScheme: "dark" });
  const theirs = await phone.newPage();
  await theirs.goto(new URL(address).pathname);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("申请远程登录");
  await expect(theirs.getByText("报表库只读")).toBeVisible();
  await expectFit(theirs);
  await shot(theirs, "question-360-dark");
  await theirs.getByRole("button", { name: "授权" }).click();
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("您已授权远程登录");
  await expectFit(theirs);
  await shot(theirs, "answered-360-dark");
  await phone.close();

  // Whoever handed it over sees the answer come in; a colleague goes on.
  await expect(page.locator(".timeline").filter({ hasText: "已发一次性链接" })).toHaveCount(1);
  await expect(links(page).locator("details")).toContainText("已使用");
  const { page: colleague, context: beside } = await desk(browser, BY_LINK, "engineer", 0, "light");
  await act(colleague, "开始远程").click();
  await form(colleague, "开始远程").locator("textarea").first().fill("开始查看日志");
  await form(colleague, "开始远程").getByRole("button", { name: "开始远程" }).click();
  await expect(form(colleague, "开始远程")).toHaveCount(0);
  await beside.close();
  await context.close();
  expect(wrong).toEqual([]);
});

test("a code that is read out is typed on a phone, once wrongly, and answered with a no", async ({ browser, baseURL }) => {
  const { page, context } = await desk(browser, BY_CODE, "hotline", 1, "dark");
  const wrong = watch(page, baseURL ?? "");
  // It went to the wrong address: it is revoked, and a code read out in its place.
  await hands(page, "显示链接");
  await links(page).getByRole("button", { name: "撤销" }).click();
  await expect(links(page).getByRole("button", { name: "撤销" })).toHaveCount(0);
  await page.getByRole("button", { name: "显示口头报码" }).click();
  await expect(links(page).getByRole("button", { name: "撤销" })).toBeVisible();
  await expectFit(page);
  await shot(page, "panel-code-360-dark");
  const code = (await page.locator(".handed .code").textContent()) ?? "";
  expect(code).toMatch(/^\d{4} \d{4} \d{4}$/);

  for (const colorScheme of THEMES) {
    const phone = await browser.newContext({ viewport: WIDTHS[1].viewport, locale: "zh-CN", colorScheme });
    const theirs = await phone.newPage();
    await theirs.goto("/a");
    await expectFit(theirs);
    await shot(theirs, `code-360-${colorScheme}`);
    await theirs.getByLabel("12 位数字").fill("1234 5678 9012");
    await theirs.getByRole("button", { name: "继续" }).click();
    await expect(theirs.getByRole("alert")).toContainText("请核对后重新输入");
    await expectFit(theirs);
    await shot(theirs, `code-wrong-360-${colorScheme}`);
    await theirs.getByLabel("12 位数字").fill(code);
    await theirs.getByRole("button", { name: "继续" }).click();
    await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(/远程/);
    await expectFit(theirs);
    if (colorScheme === "light") await shot(theirs, "question-360-light");
    else {
      await theirs.getByRole("button", { name: "拒绝" }).click();
      await expect(theirs.getByRole("alert")).toContainText("请写明原因");
      await theirs.getByLabel("您的意见").fill("今晚不便");
      await theirs.getByRole("button", { name: "拒绝" }).click();
      await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("您已拒绝远程登录");
    }
    await phone.close();
  }
  await context.close();
  expect(wrong).toEqual([]);
});
