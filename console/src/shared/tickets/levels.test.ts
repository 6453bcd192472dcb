import { expect, it } from "vitest";
import { underSaid } from "./levels";

const called = (pack: string) => (pack === "sitech" ? "思特奇" : pack);

it("of a ticket it is said what its pack is called, and which number the customer's contract has", () => {
  expect(underSaid(called, { pack: "sitech", contract: "demo-sitech-2026" })).toBe("思特奇 · demo-sitech-2026");
  expect(underSaid(called, { pack: "sitech", contract: "old", agreed_contract: "demo-sitech-2026" })).toBe("思特奇 · demo-sitech-2026");
  expect(underSaid(called, { pack: "sitech", contract: "sitech" })).toBe("思特奇");
  expect(underSaid(called, { pack: null, contract: "c-1" })).toBe("c-1");
  expect(underSaid(called, { pack: "sitech" })).toBe("思特奇");
});
