import { test, type Page } from "@playwright/test";
import { person, signIn } from "./desk";

const TICKETS = 10_000;
const LEAPS = 300;
const LEAP_PX = 1500;
const CALLED = "23456789ABCDEFGHJKMNPQRS";

const numbered = (place: number) => Array.from({ length: 8 }, (_, digit) => CALLED[Math.floor(place / 24 ** (7 - digit)) % 24]).join("");

/** A line of a list as the API sends it, without one being there. */
function line(place: number) {
  const at = new Date(Date.now() - place * 60_000).toISOString();
  const due = new Date(Date.now() + ((place % 300) - 40) * 60_000).toISOString();
  return {
    number: numbered(place), seq: 3, stage: "onsite", level: "B", contract: "demo", pack: "sitech", drill: false,
    title: `营业厅接口局部功能失效，第 ${place} 张`, customer: { id: "c", name: "江北通信公司" }, assignee: "li", assignee_name: "李建国",
    paused: null, proposed: null, waits_for: [], next_due: { key: "arrive", due_at: due }, received_at: at, updated_at: at,
    resolved_at: null, closed_at: null, ended_as: null, late: 0,
  };
}

/** The list alone is not the server's: what is measured is the browser. */
async function serve(page: Page): Promise<void> {
  await page.route(/\/api\/tickets\?/, (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const [from, limit] = [Number(asked.get("cursor") ?? 0), Number(asked.get("limit") ?? 200)];
    const to = Math.min(from + limit, TICKETS);
    const next = to < TICKETS ? `/api/tickets?cursor=${to}` : null;
    const items = asked.has("number") ? [] : Array.from({ length: to - from }, (_, place) => line(from + place));
    return route.fulfill({ json: { items, next, total: TICKETS, exact: true }, headers: { "x-request-id": "bench" } });
  });
}

/** A list of as many rows that is nothing but text, which the browser scrolls by itself. */
function addBare(rows: number): void {
  const bare = document.createElement("div");
  bare.id = "bare";
  bare.style.cssText = "position: fixed; inset: 100px 0 0 200px; overflow: auto; background: canvas; z-index: 9";
  bare.innerHTML = "<p style='margin: 0; height: 40px'>5CEH W8RM 营业厅接口局部功能失效 江北通信公司 李建国</p>".repeat(rows);
  document.body.append(bare);
}

/** Leaps through a list: how long frames take, and how long its thread works for each, whatever else the machine does. */
async function scrolled(page: Page, selector: string) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => (await devtools.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  const before = await worked();
  const told = await page.evaluate(
    async ([chosen, leaps, px]) => {
      const area = document.querySelector(chosen);
      if (area === null) throw new Error(`no ${chosen}`);
      const [frames, tasks]: [number[], number[]] = [[], []];
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
      let [last, rows] = [await new Promise<number>((done) => requestAnimationFrame(done)), 0];
      for (let leap = 0; leap < leaps; leap += 1) {
        area.scrollTop = (area.scrollTop + px) % (area.scrollHeight - area.clientHeight);
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        frames.push(now - last);
        rows = Math.max(rows, area.querySelectorAll("[role=row]").length);
        last = now;
      }
      frames.sort((one, other) => one - other);
      const at = (part: number) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))] ?? 0;
      return { p50: at(0.5), p99: at(0.99), longest_task: Math.max(0, ...tasks), rows };
    },
    [selector, LEAPS, LEAP_PX] as const,
  );
  const work = ((await worked()) - before) * 1000;
  return Object.fromEntries(Object.entries({ ...told, work_ms: work / LEAPS }).map(([name, value]) => [name, Math.round(value * 10) / 10]));
}

test("scrolling through 10,000 tickets", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await serve(page);
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  await page.locator("[role=row][aria-rowindex='2']").waitFor();
  const queue = await scrolled(page, ".grid");
  await page.evaluate(addBare, TICKETS);
  process.stdout.write(`\nmeasured ${JSON.stringify({ queue, bare: await scrolled(page, "#bare") })}\n`);
});
