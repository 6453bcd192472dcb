import { expect, it } from "vitest";
import { lastedSaid } from "./lasted";

it("says how late an alarm was in the unit that is read at a glance", () => {
  expect([400, 119_000, 120_000, 7_199_000, 650_676_300].map((ms) => lastedSaid(ms)[1].count)).toEqual(["0.4", "119.0", "2", "120", "181"]);
  expect(lastedSaid(650_676_300)[0]).toBe("lasted.hours");
});
