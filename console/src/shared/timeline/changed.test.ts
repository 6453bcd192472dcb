import { describe, expect, it } from "vitest";
import { became, putDown } from "./changed";

describe("what an entry says of before and after", () => {
  it("names what has become another, and nothing that stayed", () => {
    const before = { customer_name: "某公司", contract: "standard", contact: { name: "张先生", phone: "1" } };
    const now = { customer_name: "江北通信", contract: "standard", contact: { name: "张先生", phone: "2" } };
    expect(became({ ...now, before })).toEqual([
      { what: "customer", was: "某公司", is: "江北通信" },
      { what: "contact", was: "张先生 1", is: "张先生 2" },
    ]);
    expect(became({ title: "空调", site: "3 层", before: { site: null } })).toEqual([{ what: "site", was: "", is: "3 层" }]);
    expect(became({ text: "备注" })).toEqual([]);
  });

  it("has every promise that was put down", () => {
    const changed = [{ kind: "respond", before: "2026-11-26T23:07:33+08:00", after: null, dropped: true }];
    expect(putDown({ changed })).toEqual(changed);
    expect(putDown({})).toEqual([]);
  });
});
