import { describe, expect, it } from "vitest";
import { whileSame } from "./queries";

describe("an answer of before", () => {
  const before = { queryKey: ["promises", "old-contract", { level: "A" }] };

  it("stands while more is said of the same contract", () => {
    expect(whileSame(1, "old-contract")("times", before)).toBe("times");
  });

  it("does not stand as another contract's", () => {
    expect(whileSame(1, "new-contract")("times", before)).toBeUndefined();
    expect(whileSame(1, "")("times", undefined)).toBeUndefined();
  });
});
