import { expect } from "@playwright/test";
import { person, signIn } from "../desk";
import { numberOf, open, outbox, small, test, timeline } from "./phone";

const TITLES = ["备份任务连续失败", "大厅叫号机不出号", "二楼会议系统无声"];
const NOTES = 10; // of fourteen acts on each ticket
const HAPPENED = new Set(["contacted", "departed", "arrived", "noted", "visit_ended"]);
/** Of the day before, some minutes after the reports came in. */
const spoken = () => new Date(Date.now() + 8 * 3_600_000 - 23.8 * 3_600_000).toISOString().slice(0, 16);

test.describe("a flight", () => {
  test("forty acts on three tickets are recorded once each, in order, and judged by when they happened", async ({ phone, wire }) => {
    let page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    for (const title of TITLES) {
      await open(page, title);
      await expect(page.locator("button.big").first()).toBeVisible();
      await page.getByRole("link", { name: /我的工单/ }).click();
    }
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await wire.cut();

    const step = (name: string) => page.locator("section.steps button").filter({ hasText: name }).first();
    const say = async (name: string, text: string, when?: string) => {
      await step(name).click();
      await page.locator("form textarea").first().fill(text);
      if (when !== undefined) await page.getByLabel("发生时间").fill(when);
      await page.getByRole("button", { name: `记录${name}` }).click();
    };
    const note = async (from: number, to: number) => {
      for (let nth = from; nth < to; nth += 1) await say("备注", `第 ${nth} 条记录`);
    };
    const when = spoken();
    for (const title of TITLES) {
      await open(page, title);
      await say("联系用户", "昨天已电话告知处理办法", when);
      await step("出发").click();
      await step("到达现场").click();
      await note(0, NOTES / 2);
      await page.getByRole("link", { name: /我的工单/ }).click();
    }
    await phone.kill();
    page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    const numbers: string[] = [];
    for (const title of TITLES) {
      await open(page, title);
      numbers.push(numberOf(page));
      await note(NOTES / 2, NOTES);
      await say("离开现场", "已处理完毕，恢复正常");
      await page.getByRole("link", { name: /我的工单/ }).click();
    }
    await expect(outbox(page, `待发 ${TITLES.length * (NOTES + 4)} 项`)).toBeVisible();

    // A browser that is killed may have lost its cookie, too.
    await phone.context?.clearCookies();
    await wire.join();
    await outbox(page, `待发 ${TITLES.length * (NOTES + 4)} 项`).click();
    await small(page, "立即发送").click();
    await expect(page.getByText(`登录已过期，请登录后继续发送（${TITLES.length * (NOTES + 4)} 项）。`)).toBeVisible();
    await signIn(page, person("engineer"));
    await expect(outbox(page, "没有待发")).toBeVisible();
    for (const number of numbers) {
      const told = (await timeline(page, number)).filter(({ happening, actor }) => actor.id === "engineer" && HAPPENED.has(happening));
      const notes = Array.from({ length: NOTES }, () => "noted");
      expect(told.map(({ happening }) => happening)).toEqual(["contacted", "departed", "arrived", ...notes, "visit_ended"]);
      const said = told.filter(({ happening }) => happening === "noted").map(({ data }) => (data as { text: string }).text);
      expect(said).toEqual(notes.map((_, nth) => `第 ${nth} 条记录`));
      expect(Date.parse(told[0]?.at ?? "")).toBe(Date.parse(`${when}+08:00`));
      const owed = (await page.evaluate(async (path) => (await fetch(path)).json(), `/api/tickets/${number}/obligations`)) as {
        items: { kind: string; state: string }[];
      };
      expect(owed.items.find(({ kind }) => kind === "respond")?.state).toBe("met");
    }
  });
});
