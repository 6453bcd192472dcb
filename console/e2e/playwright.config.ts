import { defineConfig } from "@playwright/test";

/** Against an installation that is there: its address and its Chromium are told by whoever starts this. */
export default defineConfig({
  testDir: ".",
  // Those of `alone` have a starter of their own, which says what they need.
  testIgnore: process.env["STORIES"] ? "phone/**" : ["phone/**", "alone/**"],
  testMatch: (process.env["STORIES"] ?? "*.spec.ts").split(" ").map((file) => `**/${file}`),
  outputDir: "../test-results",
  timeout: Number(process.env["PATIENCE_MS"] ?? 60_000),
  expect: { timeout: Number(process.env["PATIENCE_MS"] ?? 60_000) / 2 },
  reporter: "line",
  workers: 1,
  use: {
    baseURL: process.env["CONSOLE_URL"] ?? "http://127.0.0.1:8080",
    locale: "zh-CN",
    // What moves is drawn sixty times a second, for nobody; the hotline's jobs are told with all that moves.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      // No page lives long enough to get back what an optimizing compiler costs.
      args: ["--js-flags=--no-opt --no-maglev", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    },
    trace: "off",
  },
});
