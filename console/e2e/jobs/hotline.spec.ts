/** The hotline's jobs by keyboard alone: none takes more keys, or of a person more seconds, than are allowed. */
import { expect, test, type Page } from "@playwright/test";
import { Job, type Measured } from "./job";
import { person, signIn } from "../desk";

/** A number that is known, of a customer with one contract. */
const CALLER = process.env["CALLER"] ?? "13800000000";
const NEW = /\/tickets\/[2-9A-Z]{8}$/;
/** Keys beside what is typed, and seconds. */
const ALLOWED: Record<string, [number, number]> = {
  "open a ticket from a call": [6, 30],
  "find the caller's open ticket": [2, 5],
  "record the response": [3, 15],
  "dispatch to who is on duty": [3, 8],
  // Takes no key, so its bar cannot fail; what it takes is the machine's, which has none.
  "see what breaches next": [0, 0],
};

async function open(page: Page): Promise<Measured> {
  const job = new Job(page, "open a ticket from a call");
  await job.press("n");
  await expect(page.getByLabel("联系电话")).toBeFocused();
  await job.type(CALLER);
  await expect(page.getByLabel("合同")).not.toHaveValue("");
  await job.ends("Enter");
  await job.type("前台无法打印小票");
  await job.ends("Enter");
  await job.type("三台打印机都没有反应。");
  await expect(page.getByRole("radio", { name: "暂不定级" })).toBeVisible(); // the contract's levels, asked for meanwhile
  await job.ends("Tab");
  await expect(page.getByRole("radio", { name: "暂不定级" })).toBeFocused();
  await job.press("2");
  await expect(page.getByRole("radio", { name: "B级" })).toBeChecked();
  await job.press("Control+Enter");
  await expect(page).toHaveURL(NEW);
  return job.done();
}

async function find(page: Page): Promise<Measured> {
  await page.keyboard.press("n");
  await expect(page.getByLabel("联系电话")).toBeFocused();
  const job = new Job(page, "find the caller's open ticket");
  await page.keyboard.insertText(CALLER);
  await expect(page.getByLabel("联系人")).not.toHaveValue("");
  await expect(page.getByRole("complementary").getByRole("link", { name: "前台无法打印小票" }).first()).toBeVisible();
  await job.press("ArrowDown");
  await job.ends("Enter");
  await expect(page).toHaveURL(NEW);
  return job.done();
}

/** Presses the number that stands on the button of an act. */
async function choose(page: Page, job: Job, name: string): Promise<void> {
  const button = page.locator(".acts").getByRole("button", { name });
  await job.press((await button.locator("kbd").textContent()) ?? "");
}

async function respond(page: Page): Promise<Measured> {
  await expect(page.locator(".acts").getByRole("button", { name: "响应" })).toBeVisible();
  const job = new Job(page, "record the response");
  await choose(page, job, "响应");
  await expect(page.getByRole("form", { name: "响应" }).getByRole("textbox").first()).toBeFocused();
  await job.type("已回电，正在看");
  await job.press("Control+Enter");
  await expect(page.getByRole("form", { name: "响应" })).toHaveCount(0);
  return job.done();
}

async function dispatch(page: Page): Promise<Measured> {
  await expect(page.locator(".acts").getByRole("button", { name: "派工" })).toBeVisible();
  const job = new Job(page, "dispatch to who is on duty");
  await choose(page, job, "派工");
  await expect(page.getByRole("form", { name: "派工" })).toBeVisible();
  await job.press("Space");
  await job.ends("Control+Enter");
  await expect(page.getByRole("form", { name: "派工" })).toHaveCount(0);
  return job.done();
}

async function see(page: Page): Promise<Measured> {
  const job = new Job(page, "see what breaches next");
  await page.goto("/");
  await expect(page.locator(".home").getByRole("link").first()).toBeVisible();
  return job.done();
}

test.use({ contextOptions: { reducedMotion: "no-preference" } });

test("the hotline's jobs, in keys and in seconds", async ({ page }) => {
  await page.goto("/");
  await signIn(page, person("hotline"));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("您好");
  const told = [];
  for (const job of [open, find, respond, dispatch, see]) told.push(await job(page));
  process.stdout.write(`\nmeasured ${JSON.stringify(told)}\n`);
  for (const { job, keys, deciding_s: seconds } of told) {
    const [mostKeys, mostSeconds] = ALLOWED[job] ?? [0, 0];
    expect(keys, job).toBeLessThanOrEqual(mostKeys);
    expect(seconds, job).toBeLessThanOrEqual(mostSeconds);
  }
});
