import { expect, test } from "@playwright/test";
import { expectFit, person, signIn, THEMES, watch, WIDTHS } from "./desk";

for (const { name, viewport } of WIDTHS) {
  for (const colorScheme of THEMES) {
    test(`signing in at ${name} px, ${colorScheme}`, async ({ browser, baseURL }) => {
      const context = await browser.newContext({ viewport, colorScheme, timezoneId: "America/New_York" });
      const page = await context.newPage();
      const wrong = watch(page, baseURL ?? "");
      await page.goto("/");
      await expect(page).toHaveTitle(/值守/);
      await expect(page.getByRole("button", { name: "登录" })).toBeVisible();
      await expectFit(page);

      await signIn(page, { user: "hotline", password: "somebody guesses" });
      await expect(page.getByRole("alert")).toContainText("用户名或密码不正确");

      await signIn(page, person("hotline"));
      await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
      await expect(page.getByRole("status").filter({ hasText: /●/ })).toBeVisible();
      for (const path of ["/", "/tickets", "/inbox", "/me"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await expectFit(page);
      }
      await page.goto("/tickets");
      await page.getByRole("link", { name: /计费系统停了/ }).click();
      await expect(page.locator(".one h1")).toHaveText("<img src=x onerror=alert(1)> 计费系统停了");
      await page.getByRole("button", { name: "为什么？" }).first().click();
      await expect(page.getByText(/条款/).first()).toBeVisible();
      await expectFit(page);
      await page.goBack();
      await expect(page).toHaveURL(/\/tickets$/);
      expect(wrong).toEqual([]);
      await context.close();
    });
  }
}

test("a session that ends over a page leaves the page, and the same person goes on", async ({ page, context }) => {
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  await expect(page.getByRole("heading", { name: "工单" })).toBeVisible();
  await context.clearCookies();
  // What looks after the page may find the session over first; who was about to click still gets there.
  await page.getByRole("link", { name: /^待客户确认/ }).dispatchEvent("click");
  await expect(page.getByRole("dialog", { name: "登录已过期，草稿还在" })).toBeVisible();
  await expectFit(page);
  await page.locator("dialog input[type=password]").fill(person("hotline").password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/view=resolved/);
});

test("whoever signs out has left every tab, and what they had begun goes with them where they want it", async ({ context }) => {
  const [page, other] = [await context.newPage(), await context.newPage()];
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  await expect(page.getByRole("heading", { name: "工单" })).toBeVisible();
  await other.goto("/new");
  await other.getByLabel("标题").fill("还没有写完");
  // It is kept a moment after the last key, however long that is on a busy machine.
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("draft/")))).toBe(true);
  // A server that is busy is asked again; nobody is left to believe that they have left.
  let asked = 0;
  await page.route("**/api/session", (route) =>
    route.request().method() === "DELETE" && (asked += 1) === 1
      ? route.fulfill({ status: 503, headers: { "retry-after": "1", "x-request-id": "busy" }, json: {} })
      : route.continue(),
  );
  await page.getByRole("button", { name: /周晓雯/ }).click();
  await page.getByRole("menuitem", { name: "退出" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除草稿并退出" }).click();
  for (const each of [page, other]) await expect(each.getByRole("button", { name: "登录" })).toBeVisible();
  await expect(other.getByText("还没有写完")).toHaveCount(0);
  await signIn(other, person("hotline"));
  await expect(other.getByLabel("标题")).toHaveValue("");
});

test("by keyboard alone: in, to the queue, to the words in English, and out", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("用户名").focus();
  await page.keyboard.type(person("hotline").user);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person("hotline").password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
  await page.keyboard.press("g");
  await page.keyboard.press("q");
  await expect(page).toHaveURL(/\/tickets$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("English");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Tickets", level: 1, exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Sign out");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

test("a page of another role says so and leads home", async ({ page }) => {
  await page.goto("/tickets");
  await signIn(page, person("customer"));
  await expect(page.getByRole("alert")).toContainText("您的角色没有这个页面");
});

test("a page whose build has been replaced says so, and is not reloaded by itself", async ({ page }) => {
  await page.goto("/");
  await signIn(page, person("hotline"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
  await page.route(({ pathname }) => pathname === "/", (route) => route.fulfill({ contentType: "text/html", body: '<script src="/assets/index-new.js"></script>' }));
  await page.evaluate(() => dispatchEvent(new Event("vite:preloadError")));
  await expect(page.getByText("有新版本，刷新后使用。")).toBeVisible();
  await expectFit(page);
});
