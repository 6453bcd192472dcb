import { describe, expect, it } from "vitest";
import { fieldOf, switchesOf, textOf } from "./switches";

const pack = { follow_up: false, heartbeat_min: 30, plan_one_after_min: null, paid_causes: [], approval_reminders_min: [5, 10] };

describe("what a contract sets otherwise", () => {
  it("is what was filled in, by the kind of value that the pack has", () => {
    const values = {
      [fieldOf("follow_up")]: "true",
      [fieldOf("heartbeat_min")]: "15",
      [fieldOf("plan_one_after_min")]: " ",
      [fieldOf("paid_causes")]: "third_party；unknown",
      [fieldOf("approval_reminders_min")]: "5; 20",
    };
    expect(switchesOf(values, pack)).toEqual({
      follow_up: true,
      heartbeat_min: 15,
      paid_causes: ["third_party", "unknown"],
      approval_reminders_min: [5, 20],
    });
  });

  it("can be none, which is another thing than what the pack says", () => {
    expect(switchesOf({ [fieldOf("heartbeat_min")]: "-", [fieldOf("paid_causes")]: "-" }, pack)).toEqual({
      heartbeat_min: null,
      paid_causes: [],
    });
    expect([textOf(null), textOf([]), textOf(undefined), textOf([1, 2]), textOf(false)]).toEqual(["-", "-", "", "1; 2", "false"]);
  });

  it("is left to the API to refuse where it is no number", () => {
    expect(switchesOf({ [fieldOf("heartbeat_min")]: "soon" }, pack)).toEqual({ heartbeat_min: ["soon"] });
  });
});
