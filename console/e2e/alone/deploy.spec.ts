/** A new build comes while people fill in forms; of the old one the server has nothing any more. */
import { expect, test, type Browser, type Page } from "@playwright/test";
import { person, signIn, WIDTHS } from "../desk";
import { line } from "../phone/line";
import { small, timeline } from "../phone/phone";

const NUMBER = process.env["NUMBER"] ?? "";
const HALF = "营业厅收费系统报错";
const WHOLE = "二号机柜电源告警";
const NOTE = "现场已断电，等待备件";
const PHOTO = "机柜指示灯全部熄灭";

async function enter(browser: Browser, user: string, address: string, place: 0 | 1 = 0): Promise<Page> {
  const context = await browser.newContext({ viewport: WIDTHS[place].viewport, locale: "zh-CN" });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(address);
  await signIn(page, person(user));
  return page;
}

const errors: string[] = [];
const build = (page: Page) => page.evaluate(() => document.scripts[0]?.src);

/** Goes to a page that this browser has not seen yet: it is told why it does not come, and goes back. */
async function goesOn(page: Page, to: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: to, exact: true }).click();
  const broken = page.getByRole("alert").filter({ hasText: "这一页没有加载出来" });
  await expect(broken).toContainText("有新版本，刷新后使用。");
  await expect(page.getByRole("status").filter({ hasText: "有新版本，刷新后使用。" })).toBeVisible();
  await page.goBack();
}

async function reloads(page: Page): Promise<void> {
  const before = await build(page);
  await page.getByRole("status").filter({ hasText: "有新版本" }).getByRole("button", { name: "刷新" }).click();
  await expect.poll(() => build(page).catch(() => before)).not.toBe(before);
}

async function reports(page: Page, title: string): Promise<void> {
  await page.getByLabel("联系电话").fill("13800000000");
  await expect(page.getByLabel("合同")).toHaveValue("demo-sitech-2026");
  await page.getByRole("radio", { name: "B级" }).check();
  await page.getByLabel("标题").fill(title);
  await page.getByLabel("故障描述").fill("今天早上开始，重启后仍然报错");
}

/** The page is that of the one ticket that has come of it. */
async function opened(page: Page, title: string): Promise<void> {
  await expect(page).toHaveURL(/\/tickets\/[2-9A-Z]{8}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  const found = await page.evaluate(async (text) => (await fetch(`/api/tickets?text=${encodeURIComponent(text)}`)).json(), title);
  expect((found as { items: { number: string }[] }).items.map(({ number }) => number)).toEqual([new URL(page.url()).pathname.split("/").at(-1)]);
}

test("what was half filled in when a new build came is still there, and is sent once", async ({ browser, baseURL }) => {
  const wire = await line(baseURL ?? "");

  const unsent = await enter(browser, "duty", `${wire.address}/new`);
  await reports(unsent, HALF);

  // It was taken; nobody was told.
  const desk = await enter(browser, "hotline", `${wire.address}/new`);
  await reports(desk, WHOLE);
  let isFirst = true;
  await desk.route("**/api/tickets", async (route) => {
    if (isFirst) {
      isFirst = false;
      await route.fetch();
    }
    await route.abort();
  });
  await desk.getByRole("button", { name: "受理" }).click();
  await expect(desk.getByText("连不上服务器，正在重试")).toBeVisible();

  const engineer = await enter(browser, "engineer", `${wire.address}/tickets/${NUMBER}`);
  await engineer.locator(".acts").getByRole("button", { name: "备注" }).first().click();
  await engineer.getByLabel("备注内容").fill(NOTE);

  const admin = await enter(browser, "admin", `${wire.address}/people`);
  await admin.getByRole("button", { name: "新增" }).click();
  const form = admin.getByRole("region", { name: "新增人员" });
  await form.getByLabel(/^登录名/).fill("xinren");
  await form.getByLabel(/^姓名/).fill("新人");

  const phone = await enter(browser, "engineer", `${wire.address}/m/t/${NUMBER}`, 1);
  await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone.locator("section.steps button").filter({ hasText: "备注" }).first().click();
  await phone.locator("form textarea").first().fill(PHOTO);

  wire.leadTo(process.env["DEPLOYED"] ?? "");

  await goesOn(unsent, "排班");
  await expect(unsent.getByLabel("标题")).toHaveValue(HALF);
  await reloads(unsent);
  await expect(unsent.getByLabel("标题")).toHaveValue(HALF);
  await unsent.getByRole("button", { name: "受理" }).click();
  await opened(unsent, HALF);

  await goesOn(desk, "排班");
  await desk.unroute("**/api/tickets");
  await reloads(desk);
  await opened(desk, WHOLE);

  await goesOn(engineer, "排班");
  await expect(engineer.getByLabel("备注内容")).toHaveValue(NOTE);
  await reloads(engineer);
  await expect(engineer.getByLabel("备注内容")).toHaveValue(NOTE);
  await engineer.getByRole("form", { name: "备注" }).getByRole("button", { name: "备注" }).click();
  await expect(engineer.getByRole("form", { name: "备注" })).toHaveCount(0);

  await goesOn(admin, "单位");
  await reloads(admin);
  await admin.getByRole("button", { name: "新增" }).click();
  await expect(form.getByLabel(/^姓名/)).toHaveValue("新人");
  await form.getByLabel(/^角色/).selectOption("engineer");
  await form.getByRole("button", { name: "新增" }).click();
  await expect(admin).toHaveURL(/\/people\/xinren$/);

  // A phone has its build with it, and hears of another one when it asks for the page again.
  const kept = await build(phone);
  await phone.reload();
  await expect(phone.getByText("有新版本，刷新后使用。")).toBeVisible();
  await expect(phone.locator("form textarea").first()).toHaveValue(PHOTO);
  await small(phone, "刷新").click();
  await expect.poll(() => build(phone).catch(() => kept)).not.toBe(kept);
  await expect(phone.locator("form textarea").first()).toHaveValue(PHOTO);
  await phone.getByRole("button", { name: "记录备注" }).click();
  await expect(phone.getByRole("link", { name: "没有待发" })).toBeVisible();
  await expect.poll(async () => (await timeline(phone, NUMBER)).flatMap(({ data }) => (data as { text?: string }).text ?? [])).toContain(PHOTO);
  const notes = (await timeline(phone, NUMBER)).filter(({ happening }) => happening === "noted").map(({ data }) => (data as { text: string }).text);
  expect(notes).toEqual([NOTE, PHOTO]);

  for (const page of [unsent, desk, engineer, admin, phone]) await page.context().close();
  await wire.close();
  expect(errors).toEqual([]);
});
