/** A ticket from its opening to its close, with no other hand than on the keyboard. */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { person } from "./desk";

const TITLE = "键盘上报的故障";
const NEW = /\/tickets\/[2-9A-Z]{8}$/;
/** So many stops no page has. */
const MOST_STOPS = 150;

const form = (page: Page, name: string) => page.getByRole("form", { name });
const isFocused = (place: Locator) => place.evaluate((each) => each.contains(document.activeElement));

/** From stop to stop until the focus is there. */
async function reach(page: Page, place: Locator): Promise<void> {
  await expect(place).toBeVisible();
  for (let stops = 0; stops < MOST_STOPS && !(await isFocused(place)); stops += 1) await page.keyboard.press("Tab");
  expect(await isFocused(place)).toBe(true);
}

async function signInByKeys(page: Page, user: string): Promise<void> {
  await reach(page, page.getByLabel("用户名"));
  await page.keyboard.type(person(user).user);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person(user).password);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("用户名")).toHaveCount(0);
}

/** By the number on its button, or from stop to stop; filled in, and sent. */
async function does(page: Page, name: string, fill: () => Promise<void> = async () => undefined): Promise<void> {
  const button = page.locator(".acts").getByRole("button", { name }).first();
  await expect(button).toBeVisible();
  const number = await button.locator("kbd").allTextContents();
  if (number[0] === undefined) {
    await reach(page, button);
    await page.keyboard.press("Enter");
  } else await page.keyboard.press(number[0]);
  await expect(form(page, name)).toBeVisible();
  await fill();
  await page.keyboard.press("Control+Enter");
  await expect(form(page, name)).toHaveCount(0);
}

test("a ticket is opened, taken, resolved and closed by keyboard alone", async ({ browser }) => {
  const [desk, field] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()];
  await desk.goto("/");
  await signInByKeys(desk, "hotline");
  await expect(desk.getByRole("heading", { level: 1 })).toContainText("您好");
  await desk.keyboard.press("n");
  await expect(desk.getByLabel("联系电话")).toBeFocused();
  await desk.keyboard.insertText("13800000000");
  await expect(desk.getByLabel("合同")).not.toHaveValue("");
  await desk.keyboard.press("Enter");
  await desk.keyboard.insertText(TITLE);
  await desk.keyboard.press("Enter");
  await desk.keyboard.insertText("打印机没有反应");
  await reach(desk, desk.getByRole("radio", { name: "暂不定级" }));
  await desk.keyboard.press("2");
  await desk.keyboard.press("Control+Enter");
  await expect(desk).toHaveURL(NEW);

  await field.goto(new URL(desk.url()).pathname);
  await signInByKeys(field, "engineer");
  await expect(field.getByRole("heading", { level: 1 })).toHaveText(TITLE);
  await does(field, "接单");
  await does(field, "办结", async () => {
    await reach(field, field.getByLabel("处理结果"));
    await field.keyboard.insertText("更换打印服务器的驱动后恢复");
  });

  await does(desk, "确认解决", async () => {
    await reach(desk, desk.getByLabel("客户方谁说的"));
    await desk.keyboard.insertText("王工");
    await reach(desk, form(desk, "确认解决").getByRole("radio", { name: "电话" }));
    await desk.keyboard.press("Space");
  });
  await expect(desk.getByRole("list", { name: "阶段" }).locator("[aria-current]")).toHaveText("已关闭");
  for (const page of [desk, field]) await page.context().close();
});
