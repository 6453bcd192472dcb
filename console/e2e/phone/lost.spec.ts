import { expect, type Page } from "@playwright/test";
import { expectFit, person, signIn } from "../desk";
import { numberOf, open, outbox, picture, small, timeline, test } from "./phone";

const FIRST = "机房断电后系统不能启动";
const WORDS = "备件放在机房门口";
/** Longer than a session lasts. */
const LATER_MS = 13 * 3_600_000;

/** The titles that stand in the browser's database, whoever looks into it. */
const keptTitles = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string[]>((done, fail) => {
        const opened = indexedDB.open("zhishou-phone");
        opened.addEventListener("error", () => fail(opened.error));
        opened.addEventListener("success", () => {
          const all = opened.result.transaction("tickets").objectStore("tickets").getAll();
          all.addEventListener("success", () => done((all.result as { holds: { ticket: { title: string } } }[]).map(({ holds }) => holds.ticket.title)));
        });
      }),
  );

const leaveNote = async (page: Page) => {
  await small(page, "备注").click();
  await page.getByLabel(/备注内容/).fill(WORDS);
  await page.getByRole("button", { name: "记录备注" }).click();
};

test.describe("a phone that is lost", () => {
  test("shows no ticket once its session has been ended, and what waits is sent by its owner alone", async ({ phone, wire }) => {
    const page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    await open(page, FIRST);
    await expect(page.locator("button.big").first()).toBeVisible();
    const number = numberOf(page);
    await expect.poll(() => keptTitles(page)).toContain(FIRST);
    await wire.cut();
    await leaveNote(page);
    await expect(outbox(page, "待发 1 项")).toBeVisible();

    // Ended from another browser, and told so once there is a line.
    await phone.context?.clearCookies();
    await wire.join();
    await outbox(page, "待发 1 项").click();
    await page.getByRole("button", { name: "立即发送" }).click();
    await expect(page.getByText("登录已过期，请登录后继续发送（1 项）。")).toBeVisible();
    await expectFit(page);
    await picture(page, "ended");
    await expect(page.locator("body")).not.toContainText(FIRST);
    await expect.poll(() => keptTitles(page)).toEqual([]);

    // Whoever finds it and has an account of their own begins at their own list.
    await signIn(page, person("other"));
    await expect(page.getByRole("heading", { name: /我的工单/ })).toBeVisible();
    await expect(page.locator("body")).not.toContainText(FIRST);
    await outbox(page, "没有待发").click();
    await expect(page.locator("main")).toContainText("还有 1 项属于李建国");
    await expect(page.locator("main")).not.toContainText(WORDS);
    await page.getByRole("link", { name: /我的工单/ }).click();
    await page.getByRole("button", { name: "退出登录" }).click();

    await signIn(page, person("engineer"));
    await expect(page.getByRole("link", { name: new RegExp(FIRST) })).toBeVisible();
    await expect(outbox(page, "没有待发")).toBeVisible();
    const noted = (await timeline(page, number)).filter(({ data }) => (data as { text?: string }).text === WORDS);
    expect(noted.map(({ happening, actor }) => [happening, actor.id])).toEqual([["noted", "engineer"]]);
  });

  test("shows no ticket once a session cannot hold any more, though it never hears of it", async ({ phone, wire }) => {
    let page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    await open(page, FIRST);
    await expect(page.locator("button.big").first()).toBeVisible();
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await wire.cut();
    await leaveNote(page);
    await expect(outbox(page, "待发 1 项")).toBeVisible();
    await phone.kill();

    page = await phone.on();
    await page.addInitScript((later) => {
      const real = Date.now;
      Date.now = () => real() + later;
    }, LATER_MS);
    await page.goto(`${wire.address}/m/`);
    await expect(page.getByText("登录已过期，请登录后继续发送（1 项）。")).toBeVisible();
    await expect(page.locator("body")).not.toContainText(FIRST);
    await expect.poll(() => keptTitles(page)).toEqual([]);
    await phone.kill();

    // A clock that is put back shows nothing again.
    page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await expect(page.getByText("还有 1 项属于李建国")).toBeVisible();
    await expect(page.locator("body")).not.toContainText(FIRST);
    await wire.join();
    await signIn(page, person("engineer"));
    await expect(page.getByRole("link", { name: new RegExp(FIRST) })).toBeVisible();
    await expect(outbox(page, "没有待发")).toBeVisible();
  });
});
