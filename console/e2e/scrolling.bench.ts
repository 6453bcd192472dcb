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

test("scrolling through 10,000 tickets", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await serve(page);
  await page.goto("/tickets?view=all");
  await signIn(page, person("hotline"));
  await page.locator("[role=row][aria-rowindex='2']").waitFor();
  const told = await page.evaluate(
    async ([leaps, px]) => {
      const area = document.querySelector(".grid");
      if (area === null) throw new Error("no grid");
      const [frames, tasks]: [number[], number[]] = [[], []];
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
      let [before, rows] = [performance.now(), 0];
      for (let leap = 0; leap < leaps; leap += 1) {
        area.scrollTop = (area.scrollTop + px) % (area.scrollHeight - area.clientHeight);
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        frames.push(now - before);
        rows = Math.max(rows, document.querySelectorAll("[role=row]").length);
        before = now;
      }
      frames.sort((one, other) => one - other);
      const at = (part: number) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))] ?? 0;
      return { p50: at(0.5), p99: at(0.99), longest_task: Math.max(0, ...tasks), rows };
    },
    [LEAPS, LEAP_PX] as const,
  );
  process.stdout.write(`\nmeasured ${JSON.stringify(told)}\n`);
});
