/** A telephone that can die: nobody asks it before. */
import { chromium, test as base, type BrowserContext, type Page } from "@playwright/test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { line, type Line } from "./line";

/** A name that browsers do not trust, as that of a machine on a LAN. */
export const PLAIN = "phone.test";

/** A phone: a browser whose profile outlives it. */
export class Phone {
  readonly profile = mkdtempSync(join(tmpdir(), "phone-"));
  context: BrowserContext | undefined;

  async on(options: { colorScheme?: "light" | "dark" } = {}): Promise<Page> {
    const { launchOptions } = base.info().project.use;
    const args = [...(launchOptions?.args ?? []), `--host-resolver-rules=MAP ${PLAIN} 127.0.0.1`];
    this.context = await chromium.launchPersistentContext(this.profile, {
      ...launchOptions,
      args,
      viewport: { width: 360, height: 740 },
      locale: "zh-CN",
      timezoneId: "America/New_York",
      hasTouch: true,
      ...options,
    });
    return this.context.pages()[0] ?? this.context.newPage();
  }

  /** As a battery that is empty, or a system that needs the memory: nobody is asked. */
  async kill(): Promise<void> {
    const gone = new Promise<void>((done) => void this.context?.on("close", () => done()));
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      let command = "";
      try {
        command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        continue; // gone since
      }
      if (command.includes(`--user-data-dir=${this.profile}`)) process.kill(Number(pid), "SIGKILL");
    }
    await gone;
  }

  async off(): Promise<void> {
    await this.context?.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Each test has a phone of its own, and a line of its own that can be cut. */
export const test = base.extend<{ phone: Phone; wire: Line }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs
  phone: async ({}, lend) => {
    const phone = new Phone();
    await lend(phone);
    await phone.off();
  },
  wire: async ({ baseURL }, lend) => {
    const wire = await line(baseURL ?? "");
    await lend(wire);
    await wire.close();
  },
});

export const timeline = async (page: Page, number: string) => {
  const read = await page.evaluate(async (path) => (await fetch(path)).json(), `/api/tickets/${number}/timeline?limit=200`);
  return (read as { items: { happening: string; at: string; recorded_at: string; actor: { id: string }; data: object }[] }).items;
};
export const numberOf = (page: Page) => /\/t\/(\w+)/.exec(page.url())?.[1] ?? "";
export const big = (page: Page, name: string) => page.locator("button.big").filter({ hasText: name });
export const small = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
export const outbox = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
export const open = (page: Page, title: string) => page.getByRole("link", { name: new RegExp(title) }).click();
export const picture = async (page: Page, name: string) => {
  const folder = process.env["PICTURES"];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};
