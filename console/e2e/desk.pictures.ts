/** The pictures of `docs/screenshots`, taken of a running installation with the demo's week in it; a report is opened there. */
import { mkdirSync } from "node:fs";
import { test, type Browser, type Page } from "@playwright/test";
import { tokenOf } from "./desk";
import { enter, FOLDER, picture } from "./pictures";

/** A report that came in twelve minutes ago: the promise to respond in ten is broken, the alarm has rung. */
async function report(page: Page): Promise<string> {
  await page.goto("/new");
  await page.getByLabel("联系电话").fill("13900000401");
  await page.getByRole("radio", { name: "A级" }).check();
  await page.getByLabel("标题").fill("计费系统停了，打不出账单");
  await page.getByLabel("故障描述").fill("所有营业厅都打印不出账单，今天早上开始。");
  await page.getByLabel("受理时间").selectOption({ label: "填写时间" });
  const ago = new Date(Date.now() + (8 * 60 - 12) * 60_000).toISOString().slice(0, 16);
  await page.locator("input[type=datetime-local]").fill(ago);
  await page.getByRole("complementary").getByText("到达现场").first().waitFor();
  await page.getByLabel("联系电话").blur();
  await page.evaluate(() => scrollTo(0, 0));
  await picture(page, "new", "aside .promise");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/tickets\/[2-9A-Z]{8}$/);
  await page.locator(".timeline").getByText("告警").first().waitFor();
  await page.locator(".ant-message").waitFor({ state: "hidden" });
  return new URL(page.url()).pathname;
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Calls as a telephone system tells of them: one that rings, two that nobody took. */
async function calls(page: Page): Promise<void> {
  const headers = { Authorization: `Bearer ${await tokenOf(page, "telephone")}` };
  const told: [string, string, string, number][] = [
    ["missed-1", "hung_up", "13900000401", 14],
    ["missed-2", "hung_up", "anonymous", 4],
    ["rings", "ringing", "13900000301", 0],
  ];
  for (const [id, event, number, minutes] of told) {
    const data = { id: `${id}-${Date.now()}`, event, number, at: ago(minutes), line: "4008000000" };
    await page.request.post("/api/cti/calls", { headers, data });
  }
}

/** The engineer asks for a remote session; the hotline hands a link over for it, which is shown this once. */
async function link(browser: Browser, desk: Page, ticket: string): Promise<string> {
  const engineer = await enter(browser, { user: "engineer" });
  await engineer.goto(`${ticket}?act=request_remote`);
  const form = engineer.getByRole("form", { name: "申请远程授权" });
  await form.locator("textarea, input[type=text]").first().fill("计费库只读");
  await form.locator("textarea").last().fill("查看锁等待");
  await form.getByRole("button", { name: "申请远程授权" }).click();
  await form.waitFor({ state: "hidden" });
  await desk.goto(`${ticket}?act=hand_link`);
  const hands = desk.getByRole("form", { name: "发一次性链接" });
  await hands.getByText("刘雅琴").click();
  await hands.getByText("答复远程授权").click();
  await hands.getByRole("button", { name: "发一次性链接" }).click();
  await desk.getByRole("button", { name: "显示链接" }).click();
  const address = await desk.locator(".handed .address").textContent();
  await picture(desk, "links", ".handed .address");
  await engineer.context().close();
  return new URL(address ?? "").pathname;
}

test("pictures of the desk", async ({ browser }) => {
  mkdirSync(FOLDER, { recursive: true });
  const desk = await enter(browser, { user: "hotline" });
  const ticket = await report(desk);
  await desk.locator(".promises").getByRole("button").first().click();
  await picture(desk, "ticket", ".promises li");
  await desk.goto("/");
  await desk.locator(".home .ticket").first().waitFor();
  await calls(desk);
  await picture(desk, "home", ".telephone li");
  await desk.goto("/calls");
  await picture(desk, "calls", ".records td");
  await desk.goto("/tickets?view=all");
  await picture(desk, "queue", ".rows .graded .scale");
  await desk.goto("/packs/sitech");
  await picture(desk, "pack", ".clauses li");

  const duty = await enter(browser, { user: "duty" });
  await duty.goto("/inbox");
  await picture(duty, "inbox", "#page li");
  await duty.goto("/stats");
  await picture(duty, "statistics", "svg text");
  await duty.goto("/wall");
  await picture(duty, "wall", ".wall-rows li");

  const small = await enter(browser, { user: "engineer", place: 1, colorScheme: "dark" });
  await small.goto(ticket);
  await picture(small, "ticket-small-dark", ".promises li");

  const english = await enter(browser, { user: "hotline", language: "en" });
  await english.goto(ticket);
  await picture(english, "ticket-en", ".promises li");
  await english.goto("/tickets?view=all");
  await picture(english, "queue-en", ".rows .graded .scale");

  const dark = await enter(browser, { user: "hotline", colorScheme: "dark" });
  await dark.goto("/tickets?view=all");
  await picture(dark, "queue-dark", ".rows .graded .scale");

  const address = await link(browser, desk, ticket);
  await pictureOfLink(browser, address);
  await pictureOutside(browser);
});

/** Opened on the customer's own phone, where nobody signs in. */
async function pictureOfLink(browser: Browser, address: string): Promise<void> {
  const phone = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "zh-CN" })).newPage();
  await phone.goto(address);
  await picture(phone, "link", "h1");
}

/** The customer, the engineer on their phone, the auditor. */
async function pictureOutside(browser: Browser): Promise<void> {
  const customer = await enter(browser, { user: "customer" });
  await picture(customer, "my", ".my .ticket");
  await customer.locator(".my .few .ticket a").first().click();
  await picture(customer, "my-ticket", ".acts .buttons");
  const small = await enter(browser, { user: "customer", place: 1 });
  await picture(small, "my-small", ".my .ticket");

  const phone = await enter(browser, { user: "engineer", at: "/m/", place: 1 });
  await picture(phone, "phone", "main a[href^='/m/t/']");
  await phone.getByRole("link", { name: /计费系统停了/ }).last().click();
  await picture(phone, "phone-ticket", "button.big");

  const auditor = await enter(browser, { user: "auditor" });
  await auditor.locator(".records a").first().click();
  await auditor.getByRole("button", { name: "开始核验" }).click();
  await picture(auditor, "audit", "[role=status]:has-text('成立')");
}
