import usual from "./playwright.config";

/** What is measured, not tested: `make bench` runs it. */
export default { ...usual, testMatch: "*.bench.ts", timeout: 300_000 };
