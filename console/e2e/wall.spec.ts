import { expect, test } from "@playwright/test";
import { expectFit, person, signIn, THEMES, tokenOf, watch, WIDTHS } from "./desk";
import { NOISE_BYTES, outlived } from "./wall";

const ONE_MORE = { now: 0 };

test("a wall shows what is due with a token of its own, says when it stands still, and sounds once somebody wants it", async ({ browser, baseURL }) => {
  const signedIn = await (await browser.newContext()).newPage();
  await signedIn.goto("/");
  await signIn(signedIn, person("duty"));
  await signedIn.getByRole("navigation").first().waitFor();
  const token = await tokenOf(signedIn, "wall");
  await signedIn.context().close();

  for (const [place, { viewport }] of WIDTHS.entries()) {
    const context = await browser.newContext({ viewport, colorScheme: THEMES[place] ?? "light" });
    const page = await context.newPage();
    await page.clock.install();
    await page.addInitScript(() => {
      Object.assign(globalThis, { sounds: 0 });
      const { resume } = AudioContext.prototype;
      AudioContext.prototype.resume = function sounded() {
        (globalThis as unknown as { sounds: number }).sounds++;
        return resume.call(this);
      };
    });
    const wrong = watch(page, baseURL ?? "");
    await page.goto("/wall");
    await page.getByLabel("大屏令牌").fill("no token at all");
    await page.getByRole("button", { name: "打开大屏" }).click();
    await expect(page.locator(".wrong")).toBeVisible();
    await page.getByLabel("大屏令牌").fill(token);
    await page.getByRole("button", { name: "打开大屏" }).click();
    await expect(page.getByRole("listitem").first()).toBeVisible();
    await expect(page.getByText("今日超时")).toBeVisible();
    await expectFit(page);
    // How late it is, which it is, how grave, and who has it, is read from afar, and never cut off.
    await expect(page.locator(".wall-rows .due").first()).toBeVisible();
    const cells = page.locator(".wall-rows > li > span");
    expect(await cells.evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent))).toEqual([]);
    const titles = page.locator(".wall-title");
    expect(await titles.evaluateAll((all) => all.filter((each) => each.scrollHeight > each.clientHeight + 1).map((each) => each.textContent))).toEqual([]);
    await page.reload();
    await expect(page.getByRole("listitem").first()).toBeVisible();

    const sounds = () => page.evaluate(() => (globalThis as unknown as { sounds: number }).sounds);
    const breach = async () => {
      ONE_MORE.now += 1;
      await page.clock.fastForward(11_000);
      await expect(page.locator("dt:has-text('今日超时') + dd")).toHaveText(String(1000 + ONE_MORE.now));
    };
    await page.route("**/api/wall", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), breaches_today: 1000 + ONE_MORE.now } });
    });
    await breach();
    await breach();
    expect(await sounds()).toBe(0);
    await page.getByRole("button", { name: "开声音" }).click();
    await expect.poll(sounds).toBe(1);
    await breach();
    await expect.poll(sounds).toBe(2);

    await page.unroute("**/api/wall");
    await page.route("**/api/wall", (route) => route.abort());
    await page.clock.fastForward(75_000);
    await expect(page.getByRole("alert").filter({ hasText: /^数据停在 \d\d:\d\d/ })).toBeVisible();
    await expect(page.getByRole("listitem").first()).toBeVisible(); // what it read stays
    await expectFit(page);
    await page.unroute("**/api/wall");
    await page.clock.fastForward(11_000);
    await expect(page.getByText("数据停在")).toHaveCount(0);
    expect(wrong).toEqual([]);
    await context.close();
  }
});

test("a wall takes a new build at four in the morning, and at no other time", async ({ page }) => {
  const four = Date.parse("2026-11-27T04:00:00+08:00");
  await page.clock.install({ time: four - 3_600_000 });
  // Nobody tells it another time than its own.
  await page.route("**/api/**", (route) => route.fulfill({ status: 401, headers: { "x-request-id": "1" }, json: {} }));
  let isNew = false;
  await page.route((url) => url.pathname === "/", (route) => route.fulfill({ contentType: "text/html", body: isNew ? '<script src="/assets/another.js"></script>' : "" }));
  let loads = 0;
  page.on("load", () => loads++);
  await page.goto("/wall");
  await page.getByLabel("大屏令牌").waitFor();
  await page.clock.pauseAt(four - 120_000);
  isNew = true;
  await page.clock.runFor(110_000);
  expect(loads).toBe(1);
  await page.clock.runFor(30_000);
  await expect.poll(() => loads).toBeGreaterThan(1);
});

test("a wall holds no more after hours than it did in the beginning", async ({ page }) => {
  test.slow();
  const [early = 0, ...later] = (await outlived(page, [300, 700, 1200])).map(({ bytes }) => bytes);
  for (const each of later) expect(each).toBeLessThan(early + NOISE_BYTES);
  expect(early).toBeLessThan(150_000_000);
});
