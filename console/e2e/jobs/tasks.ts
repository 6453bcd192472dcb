/** Jobs as rows of a table: who does what where, in which steps, and how much of a person it may take. */
import { expect, test, type Browser, type BrowserContextOptions, type Locator, type Page } from "@playwright/test";
import { person } from "../desk";
import { Job, type Measured } from "./job";

export type Step = (job: Job, page: Page) => Promise<void>;

export interface Task {
  job: string;
  /** Where it begins: an address, in which `{key}` is the number of one of the tickets that wait for these tests. */
  at?: string;
  /** Keys and taps beside what is typed, and seconds. */
  most: [keys: number, seconds: number];
  /** So many keys it takes all the same, which `docs/console.md` gives the reason of. */
  takes?: number;
  way: Step[];
}

const NUMBERS = JSON.parse(process.env["JOBS"] ?? "{}") as Record<string, string>;
/** The address with the numbers of tickets in it. */
export const placed = (address: string) => address.replace(/\{(\w+)\}/, (_, key: string) => NUMBERS[key] ?? key);

const ORIGIN = { "Sec-Fetch-Site": "same-origin" };

/** Somebody who has signed in, on their first page. */
export async function enter(browser: Browser, user: string, options: BrowserContextOptions = {}, home = "/"): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const signed = await page.request.post("/api/session", { data: person(user), headers: ORIGIN });
  expect(signed.ok(), await signed.text()).toBe(true);
  await page.goto(home);
  return page;
}

/** Another page of the same load, as by a link within it. */
async function turnTo(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, address);
}

async function measured(page: Page, { job: name, at, way }: Task, isTouched: boolean): Promise<Measured> {
  if (at !== undefined) await turnTo(page, placed(at));
  const job = new Job(page, name, isTouched);
  for (const step of way) await step(job, page);
  return job.done();
}

/** Does all of them one after the other, prints what they took, and holds each to its bar. */
export async function doAll(page: Page, tasks: readonly Task[], isTouched = false): Promise<void> {
  const told = [];
  for (const task of tasks) told.push({ ...(await test.step(task.job, () => measured(page, task, isTouched))), most: task.most });
  process.stdout.write(`\nmeasured ${JSON.stringify(told)}\n`);
  for (const [place, { job, keys, deciding_s: seconds, most }] of told.entries()) {
    expect(keys, job).toBeLessThanOrEqual(tasks[place]?.takes ?? most[0]);
    expect(seconds, job).toBeLessThanOrEqual(most[1]);
  }
  await page.context().close();
}

export const form = (page: Page, name: string) => page.getByRole("form", { name, exact: true });
type Place = (page: Page) => Locator;

/** Something is there to be read. */
export const sees =
  (place: Place): Step =>
  (_, page) =>
    expect(place(page).first()).toBeVisible();

/** By the number on its button, where it has one. */
export const act =
  (name: string): Step =>
  async (job, page) => {
    const button = page.locator(".acts").getByRole("button", { name }).first();
    await expect(button).toBeVisible();
    const [digit] = await button.locator("kbd").allTextContents();
    await (digit === undefined ? job.tap(button) : job.press(digit));
    await expect(form(page, name)).toBeVisible();
  };

export const taps =
  (place: Place): Step =>
  (job, page) =>
    job.tap(place(page).first());

export const press =
  (key: string): Step =>
  (job) =>
    job.press(key);

/** On to what comes next, without a thought. */
export const next =
  (key = "Tab"): Step =>
  (job) =>
    job.ends(key);

const WORDS = "textarea, input:not([type=radio], [type=checkbox])";

/** Where the focus is: a field that takes words, or nobody could. */
export const types =
  (text: string): Step =>
  async (job, page) => {
    await expect.poll(() => page.evaluate((fields) => document.activeElement?.matches(fields), WORDS)).toBe(true);
    await job.type(text);
  };

/** One of several that stand side by side. */
export const chooses =
  (label: string): Step =>
  (job, page) =>
    job.tap(page.locator("form label").filter({ hasText: label }).first());

export const sends =
  (name: string): Step =>
  async (job, page) => {
    await job.ends("Control+Enter");
    await expect(form(page, name)).toHaveCount(0);
  };

/** By the button of the form itself. */
export const sendsBy =
  (name: string): Step =>
  async (job, page) => {
    await job.endsAt(form(page, name).getByRole("button", { name, exact: true }));
    await expect(form(page, name)).toHaveCount(0);
  };
