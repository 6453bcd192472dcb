import { describe, expect, it } from "vitest";
import { caseOf } from "./working-out";

describe("a case that is tried", () => {
  it("is asked with Beijing's times and with facts as the API has them", () => {
    const values = { level: "C", received: "2026-02-13T23:00", occurred: "2026-02-13T22:00", on_site: "true", cause: "own" };
    expect(caseOf("sitech", values)).toEqual({
      contract: "sitech",
      level: "C",
      facts: { on_site: true, cause: "own" },
      received_at: "2026-02-13T23:00:00+08:00",
      fault_occurred_at: "2026-02-13T22:00:00+08:00",
    });
  });

  it("says nothing that nobody chose", () => {
    expect(caseOf("sitech", { level: "", received: "", nature: "" })).toEqual({ contract: "sitech" });
  });
});
