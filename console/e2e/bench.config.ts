import usual from "./playwright.config";

const { use } = usual;
const args = (use?.launchOptions?.args ?? []).filter((flag) => !flag.startsWith("--js-flags"));

/** What is measured, not tested, in a browser as people have it: `make bench` runs it, each row its own. */
export default {
  ...usual,
  testMatch: `**/${process.env["STORIES"] ?? "*.bench.ts"}`,
  timeout: 300_000,
  use: { ...use, launchOptions: { ...use?.launchOptions, args } },
};
