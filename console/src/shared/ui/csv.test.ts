import { describe, expect, it } from "vitest";
import { csv } from "./csv";

describe("a table", () => {
  it("is taken away as a spreadsheet reads it", () => {
    const table = { heads: ["月份", "说明"], rows: [["2026-01", 'a "b", c'], [3, "两\n行"]] };
    expect(csv(table)).toBe('\uFEFF月份,说明\r\n2026-01,"a ""b"", c"\r\n3,"两\n行"\r\n');
  });
  it.each(["=1+1", "+86", "-x", "@sum", "\tx", "＝1+1", "'=1+1"])("has no text that is a formula: %j", (name) => {
    expect(csv({ heads: ["姓名"], rows: [[name]] })).toContain(`\r\n'${name}`);
  });
  it("keeps numbers that are negative", () => {
    expect(csv({ heads: ["n"], rows: [[-3]] })).toContain("\r\n-3\r\n");
  });
});
