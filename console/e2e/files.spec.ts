import { expect, test, type Page } from "@playwright/test";
import { expectFit, person, signIn, watch, WIDTHS } from "./desk";

const seen = (page: Page) => page.getByRole("status", { name: "还有谁打开了这张工单" });
const SITE = "海港路 18 号 B 座 3 层机房";

/** A photo as a telephone makes them: large, and turned by a note inside of it alone. */
async function photo(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2400, 1200);
    const on = canvas.getContext("2d");
    if (on === null) throw new Error("no canvas");
    const noise = on.createImageData(2400, 1200);
    for (let at = 0; at < noise.data.length; at += 65_536) crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
    on.putImageData(noise, 0, 0);
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.5 })).arrayBuffer())];
  });
  const turned = [0xff, 0xe1, 0, 34, ...[..."Exif\0\0MM\0*"].map((mark) => mark.charCodeAt(0)), 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  return Buffer.from([...bytes.slice(0, 2), ...turned, ...bytes.slice(2)]);
}

test("files are brought once past a lost answer, small and upright, and go with an act", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ viewport: WIDTHS[0].viewport });
  const page = await context.newPage();
  const wrong = watch(page, baseURL ?? "");
  await page.goto("/tickets");
  await signIn(page, person("engineer"));
  await page.goto((await page.getByRole("link", { name: /机房空调/ }).first().getAttribute("href")) ?? "");
  await expect(page.getByText(SITE)).toBeVisible();
  const card = page.getByRole("region", { name: "附件" });
  await expect(card).toContainText("还没有附件");

  // The answer to the first upload is lost; the ticket has it once all the same.
  const large = await photo(page);
  expect(large.length).toBeGreaterThan(900_000);
  let lost = 0;
  await page.route("**/attachments", async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await card.locator("input[type=file]").setInputFiles({ name: "配电柜.jpg", mimeType: "image/jpeg", buffer: large });
  await expect(card).toContainText("没有收到答复");
  await card.getByRole("button", { name: "立即重试" }).click();
  const picture = card.getByRole("link", { name: /配电柜/ }).first();
  await expect(picture).toBeVisible();
  expect(lost).toBe(1);
  const thumb = card.locator("img");
  await expect(thumb).toHaveCount(1);
  await thumb.scrollIntoViewIfNeeded();
  // Upright: twice as high as wide.
  await expect.poll(() => thumb.evaluate((image: HTMLImageElement) => image.naturalHeight / image.naturalWidth)).toBe(2);
  await expect(card).toContainText(/配电柜\.jpg.*\d{2,3} kB.*李建国/s);
  await expect(card).toContainText("仅内部");

  // What is none of them says so in words.
  await card.locator("input[type=file]").setInputFiles({ name: "a.exe", mimeType: "application/x-msdownload", buffer: Buffer.from("MZ") });
  await expect(card.getByRole("alert")).toContainText("不支持这种文件");
  await card.getByRole("button", { name: "移除 a.exe" }).click();
  await card.locator("input[type=file]").setInputFiles({ name: "假.png", mimeType: "image/png", buffer: Buffer.from("<html>") });
  await expect(card.getByRole("alert")).toContainText("文件内容不是");
  await card.getByRole("button", { name: "移除 假.png" }).click();
  await expectFit(page);

  // Pasted into a form it goes with the act, and survives a reload.
  await page.locator(".acts").getByRole("button", { name: "接单" }).first().click();
  const form = page.getByRole("form", { name: "接单" });
  await form.evaluate((element) => {
    const data = new DataTransfer();
    data.items.add(new File(["线路告警"], "告警.txt", { type: "text/plain" }));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(form.getByRole("link", { name: "告警.txt" })).toBeVisible();
  await page.waitForTimeout(600);
  await page.reload();
  await expect(form.getByRole("link", { name: "告警.txt" })).toBeVisible();
  await expectFit(page);
  await form.getByRole("button", { name: "接单" }).click();
  await expect(page.locator(".timeline").getByRole("link", { name: "告警.txt" })).toBeVisible();

  // A picture is shown in a tab of its own, without anything of this page; nobody after this person gets it.
  const [tab] = await Promise.all([context.waitForEvent("page"), card.getByRole("link", { name: /配电柜/ }).first().click()]);
  await expect.poll(() => tab.evaluate(() => document.images.length)).toBe(1);
  expect(await tab.evaluate(() => opener)).toBeNull();
  const address = tab.url();
  await context.clearCookies();
  expect(await page.evaluate(async (url) => (await fetch(url)).status, address)).toBe(401);
  expect(wrong).toEqual([]);
  await context.close();
});

test("two people on one ticket see each other, what the other does, and that they left", async ({ browser, baseURL }) => {
  const [one, other] = await Promise.all(WIDTHS.map(({ viewport }) => browser.newContext({ viewport })));
  if (!one || !other) throw new Error("two widths");
  const [engineer, hotline] = [await one.newPage(), await other.newPage()];
  const wrong = [...watch(engineer, baseURL ?? ""), ...watch(hotline, baseURL ?? "")];
  for (const [page, user] of [[engineer, "engineer"], [hotline, "hotline"]] as const) {
    await page.goto("/tickets");
    await signIn(page, person(user));
    await page.goto((await page.getByRole("link", { name: /机房空调/ }).first().getAttribute("href")) ?? "");
    await expect(page.getByText(SITE)).toBeVisible();
  }
  await expect(seen(hotline)).toContainText("李建国 正在查看");
  await expect(seen(engineer)).toContainText("周晓雯 正在查看");
  await engineer.locator(".acts").getByRole("button", { name: "备注" }).first().click();
  await expect(seen(hotline)).toContainText("李建国 正在填写");
  await expectFit(hotline);
  await engineer.keyboard.press("Control+k");
  await engineer.keyboard.type("退出登录");
  await engineer.keyboard.press("Enter");
  await expect(engineer.getByRole("button", { name: "登录" })).toBeVisible();
  await expect(seen(hotline)).toBeEmpty();
  expect(wrong).toEqual([]);
  await Promise.all([one.close(), other.close()]);
});
