/** What all pages' tests need: widths, themes, somebody who signs in, and what must never happen. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

export const WIDTHS = [
  { name: "1440", viewport: { width: 1440, height: 900 } },
  { name: "360", viewport: { width: 360, height: 740 } },
] as const;

export const THEMES = ["light", "dark"] as const;

interface Person {
  user: string;
  password: string;
}

/** People of the demo with the passwords that the starter of these tests gave them. */
export function person(user: string): Person {
  const passwords = JSON.parse(process.env["PASSWORDS"] ?? "{}") as Record<string, string>;
  const password = passwords[user];
  if (password === undefined) throw new Error(`no password for ${user}`);
  return { user, password };
}

export async function signIn(page: Page, { user, password }: Person): Promise<void> {
  await page.getByLabel(/用户名|User name/).fill(user);
  await page.locator("input[type=password]").fill(password);
  await page.getByRole("button", { name: /^(登录|Sign in)$/ }).click();
}

/** A token for one thing alone, of somebody who is signed in. */
export async function tokenOf(page: Page, scope: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const { csrf } = (await (await fetch("/api/session")).json()) as { csrf: string };
    const body = JSON.stringify({ name: "机房设备", scopes: [wanted], days: 30 });
    const made = await fetch("/api/tokens", { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf } });
    return ((await made.json()) as { token: string }).token;
  }, scope);
}

declare global {
  interface Window {
    told?: string[];
  }
}

/** From now on what the page says for some seconds is noted: a busy machine may not look in time. */
export const noteTold = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const told: string[] = (window.told = []);
    new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node instanceof Element && node.closest(".ant-message")) told.push(node.textContent ?? "");
      }
    }).observe(document, { subtree: true, childList: true });
  });

/** That the page has said this since it was loaded. */
export const expectTold = (page: Page, text: string): Promise<void> => expect.poll(() => page.evaluate(() => window.told)).toContain(text);

/** Collects what a page must not do: ask another host, break its own policy, throw. */
export function watch(page: Page, origin: string): string[] {
  const wrong: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) wrong.push(request.url());
  });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) wrong.push(message.text());
  });
  return wrong;
}

/** What a finger has to find, px. */
const TOUCHED = 44;

/** What is pressed or filled in and is lower than a finger needs; a choice of a file is the browser's own. */
const tooLow = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const whole = "label, [role=radiogroup], .ant-input-affix-wrapper, .ant-select, .ant-picker, .switched, .choice";
    return [...document.querySelectorAll("button, input:not([type=file]), select, textarea, summary")].flatMap((each) => {
      const box = (each.closest(whole) ?? each).getBoundingClientRect();
      if (box.width === 0 || each.closest("[aria-hidden=true]")) return [];
      return box.height < least - 0.5 ? [`${each.outerHTML.slice(0, 200)}: ${box.height}`] : [];
    });
  }, TOUCHED);

/** No serious finding, nothing to scroll sideways, and on a phone nothing too small for a finger. */
export async function expectFit(page: Page): Promise<void> {
  // No page has frames: what is found is put together on the page itself, not on a blank one of its own.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(isWider, "scrolls sideways").toBe(false);
  if ((page.viewportSize()?.width ?? 0) <= 720) expect(await tooLow(page)).toEqual([]);
}
