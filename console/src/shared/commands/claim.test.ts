import { expect, it } from "vitest";
import { claimSaid } from "./claim";

it("a time that was not taken lay before the start, or was still to come", () => {
  expect(claimSaid(-300)).toBe("act.claimedBefore");
  expect(claimSaid(120)).toBe("act.claimedAhead");
});
