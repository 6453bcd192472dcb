/** A wall whose time is sped up, and what it holds of the browser's memory meanwhile. */
import { expect, type Page } from "@playwright/test";

/** The wall asks each ten seconds, and the clock goes by as much with each answer: as fast as they can be shown. */
const FASTER = 10_000;

/** Answers from within the page: another list each time, as the server's would be. Nothing of this module is there. */
const ANSWERED = `
  const [every, once, ask] = [setInterval, setTimeout, fetch];
  const sooner = (ms = 0) => (ms >= 1000 ? ms / ${FASTER} : ms);
  AbortSignal.timeout = () => new AbortController().signal; // or as many wait as are asked in twenty seconds
  globalThis.polls = 0;
  const Clock = Date;
  const began = Clock.now();
  const now = () => began + globalThis.polls * 10_000;
  globalThis.Date = class extends Clock {
    constructor(...given) {
      super(...(given.length > 0 ? given : [now()]));
    }
    static now = now;
  };
  globalThis.setInterval = (run, ms) => every(run, sooner(ms));
  globalThis.setTimeout = (run, ms) => once(run, sooner(ms));
  globalThis.fetch = (asked, how) => {
    if (!(asked instanceof Request) || !asked.url.endsWith("/api/wall")) return ask(asked, how);
    const polls = globalThis.polls++;
    return Promise.resolve(Response.json(bodyOf(polls), { headers: { "x-request-id": String(polls) } }));
  };
  const lineOf = (polls, place) => ({
    number: String(22222222 + ((polls * 7 + place * 13) % 900)),
    title: ("计费系统全部瘫痪 " + polls + " " + place).repeat(4),
    customer: "示范客户 " + ((polls + place) % 40),
    level: { zh: "A级", en: "A" },
    assignee: place % 3 === 0 ? null : "工程师 " + place,
    paused: null,
    next_due: { key: "respond", due_at: new Date(Date.now() + (place - 3) * 600000).toISOString() },
  });
  const bodyOf = (polls) => ({
    at: new Date().toISOString(),
    open: [{ level: { zh: "A级", en: "A" }, place: 0, tickets: polls % 9 }],
    next: Array.from({ length: 10 }, (_, place) => lineOf(polls, place)),
    breaches_today: polls % 50,
    approvals: 1,
    lateness: { p99_ms: 12, max_ms: 400 },
    on_duty: [],
  });
`;

/** By so much two measurements of the same differ; of answers that were kept 400 take as much. */
export const NOISE_BYTES = 2_000_000;

interface Held {
  polls: number;
  bytes: number;
}

const LOOK_MS = 500;

/** What the wall holds after each of so many answers, and in the end where the time is up before. */
export async function outlived(page: Page, marks: readonly number[], withinMs = Infinity): Promise<Held[]> {
  await page.addInitScript(ANSWERED);
  await page.goto("/wall");
  await expect(page.getByRole("listitem")).toHaveCount(10);
  return heldAt(page, marks, withinMs);
}

/** What a page holds that counts its own steps, of whatever they are. */
export async function heldAt(page: Page, marks: readonly number[], withinMs: number): Promise<Held[]> {
  const line = await page.context().newCDPSession(page);
  const until = performance.now() + withinMs;
  const answered = () => page.evaluate(() => (globalThis as unknown as { polls: number }).polls);
  const held: Held[] = [];
  for (const mark of marks) {
    if (performance.now() > until) break;
    while ((await answered()) < mark && performance.now() < until) await new Promise((done) => setTimeout(done, LOOK_MS));
    await line.send("HeapProfiler.collectGarbage");
    held.push({ polls: await answered(), bytes: (await line.send("Runtime.getHeapUsage")).usedSize });
  }
  return held;
}
