import usual from "./playwright.config";

/** What is measured, not tested: `make bench` runs it, each row its own. */
export default { ...usual, testMatch: `**/${process.env["STORIES"] ?? "*.bench.ts"}`, timeout: 300_000 };
