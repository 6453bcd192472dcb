import { expect } from "@playwright/test";
import { person, signIn } from "../desk";
import { numberOf, open, outbox, small, test, timeline } from "./phone";

const FIRST = "机房断电后系统不能启动";
const SECOND = "营业厅接口局部功能失效";
/** A picture of one dot. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** A line is dead after a minute; what was done meanwhile goes behind that, and may meet another. */
const DEAD_MS = 600_000;
const WORDS = "备件放在门卫处";
const PHOTO = { name: "a.png", mimeType: "image/png", buffer: Buffer.from(DOT, "base64") };

test.describe("photos", () => {
  test("that take their time cost no letter and no other photo, and nothing goes without them", async ({ phone, wire }) => {
    const page = await phone.on();
    await page.addInitScript(() => {
      const waiting: (() => void)[] = [];
      StorageManager.prototype.estimate = () => new Promise((go) => void waiting.push(() => go({})));
      addEventListener("go-on", () => void waiting.splice(0).forEach((go) => go()));
    });
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    await open(page, SECOND);
    await small(page, "备注").click();
    const words = page.getByLabel(/备注内容/);
    await words.fill("门禁");
    await page.getByLabel("从相册选").setInputFiles(PHOTO);
    await page.getByLabel("拍照").setInputFiles({ ...PHOTO, name: "b.png" });
    await words.fill("门禁已开");
    const record = page.getByRole("button", { name: "记录备注" });
    await expect(record).toBeDisabled();
    await page.evaluate(() => void dispatchEvent(new Event("go-on")));
    await expect(page.getByRole("button", { name: /^移除/ })).toHaveCount(2);
    await expect(words).toHaveValue("门禁已开");
    await record.click();
    await expect(outbox(page, "待发 1 项")).toBeVisible();
    await expect(outbox(page, "没有待发")).toBeVisible();
    const brought = await page.request.get(`${wire.address}/api/tickets/${numberOf(page)}/attachments`);
    expect(((await brought.json()) as { items: object[] }).items).toHaveLength(2);
  });

  test("and acts that go by a line that is dead leave by another, once", async ({ phone, wire }) => {
    test.setTimeout(2 * DEAD_MS);
    const page = await phone.on();
    await page.goto(`${wire.address}/m/`);
    await signIn(page, person("engineer"));
    wire.deaden(/^POST .*\/attachments /, /^POST .*\/commands /);
    const numbers: string[] = [];
    for (const title of [FIRST, SECOND]) {
      await open(page, title);
      numbers.push(numberOf(page));
      await small(page, "备注").click();
      await page.getByLabel(/备注内容/).fill(WORDS);
      if (title === FIRST) await page.getByLabel("从相册选").setInputFiles(PHOTO);
      await page.getByRole("button", { name: "记录备注" }).click();
      await page.getByRole("link", { name: /我的工单/ }).click();
    }
    await expect.poll(() => wire.dead()).toBe(2);
    await expect(outbox(page, "没有待发")).toBeVisible({ timeout: DEAD_MS });
    for (const number of numbers) {
      const noted = (await timeline(page, number)).filter(({ data }) => (data as { text?: string }).text === WORDS);
      expect(noted).toHaveLength(1);
    }
  });
});
