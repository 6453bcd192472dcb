import { expect } from "@playwright/test";
import { person, signIn } from "../desk";
import { numberOf, open, outbox, small, test } from "./phone";

const SECOND = "营业厅接口局部功能失效";
/** A picture of one dot. */
const DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

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
    const photo = { name: "a.png", mimeType: "image/png", buffer: Buffer.from(DOT, "base64") };
    await page.getByLabel("从相册选").setInputFiles(photo);
    await page.getByLabel("拍照").setInputFiles({ ...photo, name: "b.png" });
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
});
