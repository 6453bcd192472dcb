/** How soon pages can be used over slow lines and on slow machines, and how soon a letter stands there that was typed. */
import { test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { person } from "./desk";

const ROUNDS = Number(process.env["ROUNDS"] ?? 3);
const [DESK, PHONE] = [{ width: 1440, height: 900 }, { width: 360, height: 740 }];
const [QUEUE, TICKET] = ["[role=row][aria-rowindex='2']", "a[href^='/m/t/']"];

/** A line's bits a second and the time of its way, and how many times slower the machine is. */
interface Line {
  kbit: number;
  ms: number;
  slower: number;
}
const LAN: Line = { kbit: 100_000, ms: 1, slower: 1 };
const SLOW: Line = { kbit: 10_000, ms: 20, slower: 4 };
const OUTSIDE: Line = { kbit: 400, ms: 100, slower: 1 };

/** Notes when what a page is for stands there, is drawn, and nothing else holds the page up. */
function noteUsable(selector: string): void {
  const noted = globalThis as unknown as { usable?: number };
  const seen = new MutationObserver(() => {
    if (document.querySelector(selector) === null) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => (noted.usable = performance.now())));
  });
  seen.observe(document, { childList: true, subtree: true });
}

async function entered(browser: Browser, user: string, viewport: { width: number; height: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport });
  await context.request.post("/api/session", { data: person(user), headers: { "Sec-Fetch-Site": "same-origin" } });
  return context;
}

/** Answers how long the page's own thread has worked, whatever else the machine does. */
async function through(page: Page, { kbit, ms, slower }: Line): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  const throughput = (kbit * 1000) / 8;
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: ms, downloadThroughput: throughput, uploadThroughput: throughput });
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slower });
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => ((await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
}

const usable = async (page: Page): Promise<number> => {
  const at = await page.waitForFunction(() => (globalThis as unknown as { usable?: number }).usable);
  return (await at.jsonValue()) ?? Infinity;
};

const median = (values: number[]) => Math.round(values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0);

/** From nothing, each time in another profile; `again`: once more, with what the first load has left there. */
async function loads(browser: Browser, user: string, path: string, line: Line): Promise<{ first: number; again: number; work: number }> {
  const isPhone = path.startsWith("/m/");
  const times: Record<"first" | "again" | "work", number[]> = { first: [], again: [], work: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await entered(browser, user, isPhone ? PHONE : DESK);
    const page = await context.newPage();
    await page.addInitScript(noteUsable, isPhone ? TICKET : QUEUE);
    const worked = await through(page, line);
    await page.goto(path);
    times.first.push(await usable(page));
    times.work.push(await worked());
    if (isPhone) await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.reload();
    times.again.push(await usable(page));
    await context.close();
  }
  return { first: median(times.first), again: median(times.again), work: median(times.work) };
}

const LETTERS = 120;
const BETWEEN_MS = 60;

/** From each key to the frame that shows its letter. */
async function typed(browser: Browser): Promise<{ p50: number; p99: number }> {
  const context = await entered(browser, "hotline", DESK);
  const page = await context.newPage();
  await page.goto("/new");
  await page.getByLabel("标题").click();
  await page.evaluate(() => {
    const took: number[] = ((globalThis as unknown as { took: number[] }).took = []);
    const drawn = ({ timeStamp }: KeyboardEvent) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => took.push(performance.now() - timeStamp), { once: true });
        port1.start();
        port2.postMessage("drawn");
      });
    addEventListener("keydown", drawn, true);
  });
  await page.keyboard.type("abcdefghij".repeat(LETTERS / 10), { delay: BETWEEN_MS });
  const took = (await page.evaluate(() => (globalThis as unknown as { took: number[] }).took)).toSorted((one, other) => one - other);
  await context.close();
  const at = (part: number) => Math.round((took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? 0) * 10) / 10;
  return { p50: at(0.5), p99: at(0.99) };
}

test("how soon pages can be used, and how soon a letter stands there", async ({ browser }) => {
  const lan = await loads(browser, "hotline", "/tickets?view=all", LAN);
  const slow = await loads(browser, "hotline", "/tickets?view=all", SLOW);
  const phone = await loads(browser, "engineer", "/m/", OUTSIDE);
  process.stdout.write(`\nmeasured ${JSON.stringify({ lan, slow, phone, typed: await typed(browser) })}\n`);
});
