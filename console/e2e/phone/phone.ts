/** A telephone that can die: nobody asks it before. */
import { chromium, test, type BrowserContext, type Page } from "@playwright/test";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A phone: a browser whose profile outlives it. */
export class Phone {
  readonly profile = mkdtempSync(join(tmpdir(), "phone-"));
  context: BrowserContext | undefined;

  async on(options: { colorScheme?: "light" | "dark" } = {}): Promise<Page> {
    const { launchOptions } = test.info().project.use;
    this.context = await chromium.launchPersistentContext(this.profile, {
      ...launchOptions,
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
