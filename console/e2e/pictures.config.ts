import usual from "./playwright.config";

/** Pictures for the READMEs, of an installation with the demo's week: nothing is tested. */
export default { ...usual, testMatch: "*.pictures.ts", timeout: 300_000 };
