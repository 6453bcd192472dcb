import { describe, expect, it } from "vitest";
import { csv, distinct, kept, series } from "./table";

describe("a picture's table", () => {
  it("is taken away as a spreadsheet reads it", () => {
    const table = { heads: ["月份", "说明"], rows: [["2026-01", 'a "b", c'], [3, "两\n行"]] };
    expect(csv(table)).toBe('\uFEFF月份,说明\r\n2026-01,"a ""b"", c"\r\n3,"两\n行"\r\n');
  });
  it.each(["=1+1", "+86", "-x", "@sum", "\tx"])("has no text that is a formula: %j", (name) => {
    expect(csv({ heads: ["姓名"], rows: [[name]] })).toContain(`\r\n'${name}`);
  });
  it("keeps numbers that are negative", () => {
    expect(csv({ heads: ["n"], rows: [[-3]] })).toContain("\r\n-3\r\n");
  });
});

describe("a series", () => {
  const items = [
    { month: "2026-01", met: 2 },
    { month: "2026-03", met: 1 },
    { month: "2026-01", met: 3 },
  ];
  it("adds up what has the same place, and has a 0 where there is nothing", () => {
    expect(series(items, ["2026-01", "2026-02", "2026-03"], (each) => each.month, (each) => each.met)).toEqual([5, 0, 1]);
  });
  it("has each place once", () => {
    expect(distinct(items, (each) => each.month)).toEqual(["2026-01", "2026-03"]);
  });
});

describe("what was kept", () => {
  it("counts what is decided", () => {
    expect(kept({ met: 3, late: 1, breached: 0 })).toBe("75.0 %");
    expect(kept({ met: 0, late: 0, breached: 0 })).toBe("");
  });
});
