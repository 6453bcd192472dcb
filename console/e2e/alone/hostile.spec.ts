/** Every page, of tickets and records in each of whose fields stands what a page must not run. */
import { readFileSync } from "node:fs";
import { expect, test, type Browser, type Page, type Request } from "@playwright/test";
import type { Path } from "../../src/app/pages";
import { person, signIn, watch } from "../desk";

/** What was written, in lines, by the number that ends each of them; and where it stands. */
interface Written {
  written: Record<string, string>;
  fields: Record<string, string>;
  words: string[];
  numbers: Record<"WORK" | "ENDING" | "MAJOR" | "EMERGENCY" | "PAID" | "ASKED" | "NOTHING" | "DOUBLE" | "MAIL" | "RECORD", string>;
  customer: string;
  person: string;
  /** Those of a customer and of an approver, who have signed in nowhere. */
  links: string[];
  /** Mails, and what an auditor takes along, as pages. */
  pages: string[];
}

const { written, fields, words, numbers, customer, person: somebody, links, pages } = JSON.parse(readFileSync(process.env["HOSTILE"] ?? "", "utf8")) as Written;
const of = (path: string, ...which: (keyof Written["numbers"])[]) => which.map((each) => `${path}/${numbers[each]}`);
const asked = encodeURIComponent("<img src=x onerror=alert(1)>");

/** Who opens it, and where there is something to see. */
const SEEN: Record<Path, [user: string, ...addresses: string[]]> = {
  "/": ["hotline", "/"],
  "/my": ["customer", "/my"],
  "/my/:number": ["customer", ...of("/my", "ASKED", "ENDING")],
  "/audit": ["auditor", "/audit"],
  "/audit/what-if": ["auditor", "/audit/what-if"],
  "/audit/:number": ["auditor", ...of("/audit", "PAID", "WORK")],
  "/tickets": ["hotline", "/tickets?view=all", `/tickets?text=${asked}&phone=${asked}`],
  "/tickets/:number": ["duty", ...of("/tickets", "WORK", "ENDING", "MAJOR", "EMERGENCY", "PAID", "ASKED", "NOTHING", "DOUBLE", "MAIL", "RECORD"), `/tickets/${numbers.ASKED}?act=correct`],
  "/new": ["hotline", `/new?phone=${asked}`],
  "/inbox": ["duty", "/inbox"],
  "/calls": ["hotline", "/calls"],
  "/roster": ["duty", "/roster"],
  "/people": ["admin", "/people"],
  "/people/:person": ["admin", `/people/${somebody}`],
  "/customers": ["hotline", "/customers"],
  "/customers/:customer": ["hotline", `/customers/${customer}`, "/customers/demo-sitech"],
  "/organisations": ["admin", "/organisations"],
  "/channels": ["admin", "/channels"],
  "/changes": ["admin", "/changes"],
  "/packs": ["hotline", "/packs"],
  "/packs/:pack": ["hotline", `/packs/${asked}`],
  "/stats": ["duty", "/stats"],
  "/wall": ["duty", "/wall"],
  "/me": ["engineer2", "/me", "/tickets"],
};
/** The same for others who read it otherwise, and by telephone. */
const BESIDE: [user: string, ...addresses: string[]][] = [
  ["tech", "/my", ...of("/my", "MAJOR")],
  ["vendor", "/my", ...of("/my", "WORK")],
  ["engineer", "/m/", ...of("/m/t", "WORK")],
];

/**
 * Fields that no page opened here has to show: of a view, whose question stands in its address; of a call all but a number
 * that can be dialled, and its line while it rings.
 */
const NOWHERE = /views.* (name|query\..*)$|cti\/calls (agent|line|number|recording)$/;

/** What a browser made of a text that it should have shown. */
const made = (page: Page, home?: string): Promise<string[]> =>
  page.evaluate((given) => {
    const whole = (address: string) => (given === undefined ? new URL(address, location.href).href : address);
    const own = (address: string) => whole(address).startsWith(given ?? location.origin) || /^(mailto|tel|blob|data:image)/.test(address);
    const runs = (each: Element) =>
      each.getAttributeNames().some((name) => name.startsWith("on") || name === "srcdoc" || name === "formaction") ||
      /^(base|embed|font|frame|iframe|isindex|marquee|math|object|x)$/i.test(each.localName) ||
      (each.localName === "script" && !each.getAttribute("src")?.startsWith("/assets/")) ||
      (each.localName === "meta" && each.hasAttribute("http-equiv")) ||
      ["src", "href", "xlink:href", "action", "data"].some((name) => each.hasAttribute(name) && !own(each.getAttribute(name) ?? ""));
    return [...document.querySelectorAll("*")].filter(runs).map((each) => each.outerHTML.slice(0, 300));
  }, home);

const squeezed = (text: string) => text.replaceAll(/\s/g, "");
const lines = new Map(Object.entries(written).map(([number, text]) => [number, text.split("\n").map(squeezed)]));
const seen = new Set<string>();

/** Each text that stands there stands there as it was written. */
async function reads(page: Page): Promise<void> {
  const said = await page.evaluate(() => {
    const filled = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")].map(({ value }) => value);
    return [document.body.textContent ?? "", document.title, ...filled].join(" ");
  });
  const text = squeezed(said).replaceAll(/\\n|\\(?=")/g, ""); // where a page shows JSON
  for (const { 0: mark, 1: number = "", index } of text.matchAll(/(?:\/\/|;)(\d+)~/g)) {
    const before = text.slice(Math.max(0, index - 300), index + mark.length);
    expect(lines.get(number)?.some((line) => before.endsWith(line)), `${before} at ${page.url()}`).toBe(true);
    seen.add(number);
  }
}

const UNDER_WAY = new WeakMap<Page, Set<Request>>();
/** What a page has asked for and not been told; its live line never ends. */
const under = (page: Page) => UNDER_WAY.get(page) ?? new Set();

/** Notes what must not happen on a page, once it is closed. */
function guard(page: Page, baseURL: string, wrong: string[]): void {
  const its = watch(page, baseURL);
  page.on("dialog", (dialog) => {
    its.push(`ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("response", (response) => {
    if (response.status() === 404 && !response.url().includes("/api/")) its.push(`asked for ${response.url()}`);
  });
  const waiting = new Set<Request>();
  UNDER_WAY.set(page, waiting);
  page.on("request", (request) => /\/api\/(?!.*events$)/.test(new URL(request.url()).pathname) && waiting.add(request));
  for (const end of ["requestfinished", "requestfailed"] as const) page.on(end as "requestfinished", (request) => waiting.delete(request));
  page.on("close", () => wrong.push(...its));
}

async function enter(browser: Browser, user: string, wrong: string[], baseURL: string): Promise<Page> {
  const context = await browser.newContext({ userAgent: "<img src=x onerror=alert(1)>" });
  const page = await context.newPage();
  guard(page, baseURL, wrong);
  await page.goto("/");
  await signIn(page, person(user));
  await expect(page.locator("input[type=password]")).toHaveCount(0);
  return page;
}

/** The page has read all that it asks for, and drawn it. */
async function settles(page: Page): Promise<void> {
  const rests = () => page.evaluate(() => new Promise<void>((done) => requestIdleCallback(() => done())));
  const waits = async () => {
    await rests();
    const before = under(page).size;
    await rests();
    return before + under(page).size;
  };
  await expect.poll(waits, { message: `${[...under(page)].map((each) => each.url())}` }).toBe(0);
}

async function looks(page: Page, address: string): Promise<void> {
  under(page).clear(); // what the page before has asked for is nobody's any more
  await page.goto(address);
  await expect(page.locator(address.startsWith("/m/") ? "main" : "h1, .wall-rows, [role=alert]").first()).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await settles(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  await reads(page);
  if (address === "/tickets") {
    await page.keyboard.press("v");
    await expect(page.getByRole("menuitem").first()).toBeVisible();
    await reads(page);
  }
  expect(await made(page), address).toEqual([]);
}

test.describe.configure({ mode: "serial" });

const all = [...Object.values(SEEN), ...BESIDE];
for (const user of new Set(all.map(([each]) => each))) {
  test(`no page of ${user} runs, loads or sends what people wrote`, async ({ browser, baseURL }) => {
    const wrong: string[] = [];
    const page = await enter(browser, user, wrong, baseURL ?? "");
    for (const address of all.flatMap(([each, ...addresses]) => (each === user ? addresses : []))) await looks(page, address);
    await page.context().close();
    expect(wrong).toEqual([]);
  });
}

test("words that programs know are read as what people wrote", async ({ browser, baseURL }) => {
  const page = await enter(browser, "duty", [], baseURL ?? "");
  await looks(page, `/tickets/${numbers.RECORD}`);
  for (const word of words) await expect(page.locator(".timeline").getByText(`原因 ${word}`, { exact: true })).toBeVisible();
  await page.context().close();
});

test("nor does a link's page, a mail, or the page that an auditor takes along", async ({ page, context, baseURL }) => {
  const wrong: string[] = [];
  guard(page, baseURL ?? "", wrong);
  for (const each of links) await looks(page, each);
  await page.close();
  // With no policy of ours around it.
  const saved = await context.newPage();
  guard(saved, "about:", wrong);
  for (const each of pages) {
    await saved.setContent(each);
    await reads(saved);
    expect(await made(saved, "https://zhishou.example/")).toEqual([]);
  }
  await saved.close();
  expect(wrong).toEqual([]);
});

test("all that was written has been read on some page as it was written", () => {
  const unseen = Object.entries(fields).filter(([number, name]) => !seen.has(number) && !NOWHERE.test(name));
  expect(unseen.map(([, name]) => name)).toEqual([]);
});
