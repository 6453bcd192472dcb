/** A desk's queue on which something happens each second, for as long as a shift lasts; its time is sped up. */
import { test } from "@playwright/test";
import { person } from "./desk";
import { heldAt } from "./wall";

const AN_HOUR = 3600;
const HOURS = 8;
const MARKS = Array.from({ length: HOURS * 2 }, (_, half) => ((half + 1) * AN_HOUR) / 2);

/** Answers from within the page, and its clock: a second goes by as soon as all of the last one has been shown. */
const ANSWERED = `
  const [once, every, stop, cease, ask, Clock] = [setTimeout, setInterval, clearTimeout, clearInterval, fetch, Date];
  const SECOND = 1000;
  globalThis.polls = 0;
  const began = Clock.now();
  const now = () => began + globalThis.polls * SECOND;
  globalThis.Date = class extends Clock {
    constructor(...given) {
      super(...(given.length > 0 ? given : [now()]));
    }
    static now = now;
  };
  // What waits for a second and longer waits for this clock.
  const waiting = new Map();
  let id = 1e9;
  const later = (run, ms, again) => (waiting.set(++id, { at: now() + ms, run, again }), id);
  globalThis.setTimeout = (run, ms = 0, ...given) => (ms >= SECOND ? later(() => run(...given), ms) : once(run, ms, ...given));
  globalThis.setInterval = (run, ms = 0, ...given) => (ms >= SECOND ? later(() => run(...given), ms, ms) : every(run, ms, ...given));
  globalThis.clearTimeout = (which) => waiting.delete(which) || stop(which);
  globalThis.clearInterval = (which) => waiting.delete(which) || cease(which);
  AbortSignal.timeout = () => new AbortController().signal;
  delete globalThis.SharedWorker; // the page listens by itself
  const CALLED = "23456789ABCDEFGHJKMNPQRS";
  const numbered = (place) => Array.from({ length: 8 }, (_, digit) => CALLED[Math.floor(place / 24 ** (7 - digit)) % 24]).join("");
  const placeOf = (number) => [...number].reduce((sum, sign) => sum * 24 + CALLED.indexOf(sign), 0);
  const lineOf = (place) => ({
    number: numbered(place), seq: 3 + globalThis.polls, stage: "onsite", level: "B", contract: "demo", pack: "sitech", drill: false,
    title: "营业厅接口局部功能失效，第 " + place + " 张，" + globalThis.polls, customer: { id: "c", name: "江北通信公司" },
    assignee: "li", assignee_name: "李建国", paused: null, proposed: null, waits_for: [], late: 0,
    next_due: { key: "arrive", due_at: new Date(now() + ((place % 300) - 40) * 60000).toISOString() },
    received_at: new Date(began - place * 60000).toISOString(), updated_at: new Date(now()).toISOString(),
    resolved_at: null, closed_at: null, ended_as: null,
  });
  const OPEN = 300;
  const json = (body) => Response.json(body, { headers: { "x-request-id": "bench", Date: new Clock(now()).toUTCString() } });
  const listed = (asked) => {
    const numbers = asked.getAll("number").flatMap((each) => each.split(","));
    if (numbers.length > 0) return { items: numbers.map((number) => lineOf(placeOf(number))), next: null };
    const items = Array.from({ length: Math.min(200, Number(asked.get("limit") ?? 200)) }, (_, place) => lineOf(place));
    return { items, next: null, total: items.length, exact: true };
  };
  let line;
  const kept = new Map();
  globalThis.fetch = async (asked, how) => {
    const { pathname, search, href } = new URL(asked instanceof Request ? asked.url : asked, location.href);
    const isRead = (asked instanceof Request ? asked.method : (how?.method ?? "GET")) === "GET";
    if (pathname === "/api/events") return new Response(new ReadableStream({ start: (stream) => void (line = stream) }));
    if (pathname === "/api/tickets") return json(listed(new URLSearchParams(search)));
    if (!isRead || pathname === "/api/session") return ask(asked, how);
    // All else is answered as it was answered first.
    if (!kept.has(href)) kept.set(href, await ask(asked, how).then(async (answer) => [await answer.text(), answer.status, [...answer.headers].filter(([name]) => name !== "content-encoding" && name !== "content-length")]));
    const [text, status, headers] = kept.get(href);
    return new Response(text, { status, headers });
  };
  const words = new TextEncoder();
  const second = () => {
    globalThis.polls += 1;
    for (const [which, { at, run, again }] of [...waiting]) {
      if (at > now() || !waiting.has(which)) continue;
      if (again === undefined) waiting.delete(which);
      else waiting.get(which).at = now() + again;
      run();
    }
    const what = globalThis.polls % 60 === 0 ? "inbox" : "changed";
    const data = what === "inbox" ? {} : { [numbered(globalThis.polls % OPEN)]: globalThis.polls };
    line.enqueue(words.encode("id: " + globalThis.polls + "\\nevent: " + what + "\\ndata: " + JSON.stringify(data) + "\\n\\n"));
    requestIdleCallback(() => once(second, 0));
  };
  const begin = () => (line !== undefined && document.querySelector("[role=row][aria-rowindex='2']") ? second() : once(begin, 100));
  once(begin, 100);
`;

test("a shift of a desk's queue, or as much of it as there is time for", async ({ page }) => {
  test.setTimeout(0);
  await page.request.post("/api/session", { data: person("hotline"), headers: { "Sec-Fetch-Site": "same-origin" } });
  await page.addInitScript(ANSWERED);
  await page.goto("/tickets?view=all");
  await page.locator("[role=row][aria-rowindex='2']").waitFor();
  const held = await heldAt(page, MARKS, Number(process.env["WITHIN_S"] ?? Infinity) * 1000);
  process.stdout.write(`\nmeasured ${JSON.stringify(held.map(({ polls, bytes }) => ({ hour: Math.round((polls / AN_HOUR) * 100) / 100, bytes })))}\n`);
});
