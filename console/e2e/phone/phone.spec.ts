import { expect, type Page } from "@playwright/test";
import { expectFit, person, signIn, watch } from "../desk";
import { big, numberOf, open, outbox, picture, PLAIN, small, timeline, test } from "./phone";

const FIRST = "机房断电后系统不能启动";
const SECOND = "营业厅接口局部功能失效";

async function signHere(page: Page): Promise<void> {
  const frame = page.locator("canvas");
  await frame.scrollIntoViewIfNeeded();
  const box = await frame.boundingBox();
  if (box === null) throw new Error("no frame");
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  for (let step = 1; step < 12; step += 1) await page.mouse.move(box.x + 20 + step * 20, box.y + 40 + (step % 3) * 12);
  await page.mouse.up();
}

test.describe("a day without a line", () => {
  test("what was done is kept past a kill, and recorded once, in order, at its own time", async ({ phone, wire }) => {
    let page = await phone.on();
    const wrong = watch(page, wire.address);
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    await expect(page.getByRole("link", { name: new RegExp(FIRST) })).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expectFit(page);
    await picture(page, "list");
    await open(page, FIRST);
    await expect(page.locator("button.big").first()).toBeVisible();
    await expectFit(page);
    await picture(page, "ticket");
    const number = numberOf(page);

    // The line is cut; the browser dies, and begins again without it.
    await wire.cut();
    await small(page, "出发").click();
    await expect(page.getByRole("listitem").filter({ hasText: "出发" })).toContainText("已存在手机里");
    await expect(small(page, "撤销")).toHaveCount(0);
    const departed = Date.now();
    await phone.kill();
    page = await phone.on({ colorScheme: "dark" });
    await page.goto(`${wire.address}/m/`);
    await expect(page.getByText(/连不上服务器/)).toBeVisible();
    await expect(outbox(page, "待发 1 项")).toBeVisible();
    await open(page, FIRST);
    await expect(page.getByRole("listitem").filter({ hasText: "出发" })).toBeVisible();
    await big(page, "到达现场").click();
    await big(page, "离开现场").click();
    await page.getByLabel(/现场处理情况/).fill("更换了电源模块");
    await page.getByLabel("签名人姓名").fill("刘雅琴");
    await signHere(page);
    // A second one signs the same act; the first signature is kept as it is.
    await page.getByRole("button", { name: "再请一位签名" }).click();
    await expect(page.getByRole("button", { name: /^移除 客户签名-刘雅琴-/ })).toBeVisible();
    await expect(page.getByLabel("签名人姓名")).toHaveValue("");
    await page.getByLabel("签名人姓名").fill("王建国");
    await signHere(page);
    await expectFit(page);
    await picture(page, "form-dark");
    // Killed while it is filled in, nothing of it is lost, the signature neither.
    await phone.kill();
    page = await phone.on();
    const wrongBehind = watch(page, wire.address);
    await page.goto(`${wire.address}/m/t/${number}#end_visit`);
    await expect(page.getByLabel(/现场处理情况/)).toHaveValue("更换了电源模块");
    await expect(page.getByRole("img", { name: "已签名" })).toBeVisible();
    await expect(page.getByRole("button", { name: /^移除 客户签名-刘雅琴-/ })).toBeVisible();
    await page.getByRole("button", { name: "记录离开现场" }).click();
    await expect(outbox(page, "待发 3 项")).toBeVisible();
    await expectFit(page);
    await picture(page, "queued");
    // Called in the machine room, of a customer whose tickets the phone has.
    await outbox(page, "李建国").click();
    await page.getByRole("link", { name: "接到来电" }).click();
    await page.getByLabel("来电号码").fill("13900000301");
    await page.getByLabel("联系人").fill("刘雅琴");
    await page.getByLabel("客户").fill("示范客户·江北通信公司");
    await page.getByLabel("什么故障").fill("隔壁机柜也停了");
    await expectFit(page);
    await picture(page, "call");
    await page.getByRole("button", { name: "记录来电" }).click();
    await expect(outbox(page, "待发 4 项")).toBeVisible();

    // The line is back, and loses the answer to the first that is taken.
    // Whose session is over meanwhile signs in, and nothing is lost by that.
    wire.lose(/POST \/api\/tickets\/\w+\/commands/);
    await phone.context?.clearCookies();
    await wire.join();
    await page.getByRole("button", { name: "立即发送" }).click();
    await expect(page.getByText("登录已过期，请登录后继续发送（4 项）。")).toBeVisible();
    await signIn(page, person("engineer"));
    await expect(outbox(page, "没有待发")).toBeVisible();
    await outbox(page, "没有待发").click();
    await expect(page.getByRole("heading", { name: "没有待发" })).toBeVisible();
    expect(wire.lost()).toBe(1);
    const told = (await timeline(page, number)).filter(({ happening }) => ["departed", "arrived", "visit_ended"].includes(happening));
    expect(told.map(({ happening }) => happening)).toEqual(["departed", "arrived", "visit_ended"]);
    expect(Math.abs(Date.parse(told[0]?.at ?? "") - departed)).toBeLessThan(60_000);
    expect(Date.parse(told[0]?.recorded_at ?? "")).toBeGreaterThan(Date.parse(told[0]?.at ?? ""));
    const { items } = (await (await page.request.get(`${new URL(page.url()).origin}/api/tickets/${number}/attachments`)).json()) as { items: { name: string }[] };
    const signed = items.map(({ name }) => name).toSorted();
    expect(signed).toEqual([expect.stringMatching(/^客户签名-刘雅琴-.*\.png$/), expect.stringMatching(/^客户签名-王建国-.*\.png$/)]);
    await expect(page.getByText(/接到来电/)).toBeVisible();
    const found = await page.request.get(`${wire.address}/api/tickets?text=${encodeURIComponent("隔壁机柜")}`);
    expect(((await found.json()) as { items: { customer: { name: string } }[] }).items.map(({ customer }) => customer.name)).toEqual(["示范客户·江北通信公司"]);
    expect([...wrong, ...wrongBehind]).toEqual([]);
  });

  test("a refusal holds its own ticket alone, and what waits is nobody else's", async ({ phone, wire }) => {
    const page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    await open(page, FIRST);
    // Its visit is over: what comes next nobody guesses.
    await expect(small(page, "备注")).toBeVisible();
    await page.getByRole("link", { name: /我的工单/ }).click();
    await open(page, SECOND);
    await expect(page.locator("button.big").first()).toBeVisible();
    await wire.cut();
    await small(page, "备注").click();
    await page.getByLabel(/备注内容/).fill("到机房等门禁");
    await page.getByRole("button", { name: "记录备注" }).click();
    // What no server would take: the words are there, and too few.
    await small(page, "办结").click();
    await page.getByLabel(/处理结果/).fill("好");
    await page.getByRole("button", { name: "记录办结" }).click();
    await small(page, "备注").click();
    await page.getByLabel(/备注内容/).fill("已离开");
    await page.getByRole("button", { name: "记录备注" }).click();
    await expect(outbox(page, "待发 3 项")).toBeVisible();

    // Whoever leaves is told that it stays; whoever comes sees no word of it, and sends nothing.
    await page.getByRole("link", { name: /我的工单/ }).click();
    await page.getByRole("button", { name: "退出登录" }).click();
    await expect(page.getByRole("group", { name: "退出登录" })).toContainText("还有 3 项");
    await page.getByRole("group").getByRole("button", { name: "退出登录" }).click();
    await wire.join();
    await expect(page.getByText("这部手机里还有 3 项属于李建国")).toBeVisible();
    await expectFit(page);
    await signIn(page, person("other"));
    await expect(outbox(page, "没有待发")).toBeVisible();
    await outbox(page, "没有待发").click();
    await expect(page.locator("main")).not.toContainText("到机房等门禁");
    await expect(page.locator("main")).toContainText("属于李建国");
    await page.getByRole("link", { name: /我的工单/ }).click();
    await page.getByRole("button", { name: "退出登录" }).click();

    await signIn(page, person("engineer"));
    await page.locator("header").getByRole("link", { name: /待发/ }).click();
    const refused = page.getByRole("listitem").filter({ hasText: "办结" });
    await expect(refused.getByRole("alert")).not.toBeEmpty();
    await expect(page.getByRole("heading", { name: "待发 2 项" })).toBeVisible();
    await expect(refused).toContainText("后面 1 项等您决定");
    await expectFit(page);
    await picture(page, "refused");
    // What has to come first is one tap away; what is wrong all the same is skipped, and says that it is gone then.
    await refused.getByRole("button", { name: "先补：定级" }).click();
    await page.getByLabel("级别").selectOption({ index: 1 });
    await picture(page, "classify");
    await page.getByRole("button", { name: "记录定级" }).click();
    await page.locator("header").getByRole("link", { name: /待发/ }).click();
    await expect(page.getByText("最近已登记").locator("..")).toContainText("定级");
    await expect(refused.getByRole("alert")).toContainText("服务日志至少写 4 个字");
    await refused.getByRole("button", { name: "跳过这一项" }).click();
    await refused.getByRole("button", { name: /删除后无法恢复/ }).click();
    await expect(page.getByRole("heading", { name: "没有待发" })).toBeVisible();
  });

  test("a phone whose clock is ten minutes slow, on plain HTTP, records the time as it was, and says what does not work", async ({ phone, wire }) => {
    const page = await phone.on({ colorScheme: "dark" });
    await page.addInitScript(() => {
      const real = Date.now;
      Date.now = () => real() - 600_000;
    });
    const address = wire.address.replace("127.0.0.1", PLAIN);
    await page.goto(`${address}/m/`);
    await page.getByRole("button", { name: "English" }).click();
    await signIn(page, person("engineer"));
    await expect(page.getByText("This phone's clock is 10 min slow; times are the server's.")).toBeVisible();
    await expect(page.getByText(/^This address is not HTTPS/)).toBeVisible();
    await expect(page.getByRole("link", { name: new RegExp(SECOND) })).toBeVisible();
    await expectFit(page);
    await picture(page, "plain-en-dark");
    await open(page, SECOND);
    await page.getByRole("button", { name: "Arrive on site", exact: true }).click();
    const arrived = Date.now();
    await expect(outbox(page, "1 waiting")).toBeVisible();
    await expectFit(page);
    await expect(outbox(page, "Nothing waits")).toBeVisible();
    const told = (await timeline(page, numberOf(page))).find(({ happening }) => happening === "arrived");
    expect(Math.abs(Date.parse(told?.at ?? "") - arrived)).toBeLessThan(60_000);
    expect(told?.data).not.toHaveProperty("clock_off_s");
  });
});
