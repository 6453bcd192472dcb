import config from "./playwright.config";

/** The phone's stories, which cut the line and kill the browser. */
export default { ...config, testDir: "./phone", testIgnore: [] };
