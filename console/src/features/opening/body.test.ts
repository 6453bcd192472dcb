import { describe, expect, it } from "vitest";
import { bodyOf, fieldOf, missing } from "./body";
import type { Report } from "./draft";
import { grouped } from "@shared/phone";

const NOW = Date.parse("2026-11-26T06:02:00Z");
const report: Report = {
  key: "k",
  phone: " １３８ 0000 1234 ",
  contact: "刘雅琴",
  customer: { id: "demo-sitech", name: "江北通信" },
  byHand: false,
  contract: "demo-sitech-2026",
  channel: "phone",
  received: "",
  taken: "",
  occurred: "",
  title: "营业厅接口报错",
  description: "缴费失败",
  level: "",
  facts: {},
  asset: "",
  site: "",
};

describe("a report", () => {
  it("is sent as it was typed, with the time at which it was taken, and with nothing that nobody said", () => {
    expect(bodyOf(report, NOW)).toEqual({
      contract: "demo-sitech-2026",
      title: "营业厅接口报错",
      description: "缴费失败",
      channel: "phone",
      customer: { id: "demo-sitech" },
      contact: { name: "刘雅琴", phone: "１３８ 0000 1234" },
      received_at: "2026-11-26T06:02:00.000Z",
    });
  });

  it("is the same body when it is sent again, and says when it came as it did at first", () => {
    const first = bodyOf(report, NOW);
    const later = bodyOf({ ...report, taken: first.received_at ?? "" }, NOW + 3_600_000);
    expect(later).toEqual(first);
  });

  it("has Beijing's times, and facts as the API has them", () => {
    const said = { ...report, customer: { id: null, name: "路过的单位" }, facts: { on_site: "true", nature: "fault" } };
    expect(bodyOf({ ...said, received: "2026-11-26T13:00", occurred: "2026-11-26T12:30", level: "B", site: " 海港路 18 号 " }, NOW)).toMatchObject({
      customer: { name: "路过的单位" },
      facts: { on_site: true, nature: "fault" },
      received_at: "2026-11-26T13:00:00+08:00",
      fault_occurred_at: "2026-11-26T12:30:00+08:00",
      level: "B",
      site: "海港路 18 号",
    });
  });

  it("says what is missing in the order of the page", () => {
    expect(missing(report)).toEqual([]);
    expect(missing({ ...report, phone: " ", customer: undefined, description: "" })).toEqual(["phone", "customer", "description"]);
  });

  it("has a field for each of the API's", () => {
    const names = ["contact.phone", "contact.name", "customer.id", "received_at", "fault_occurred_at", "title"];
    expect(names.map(fieldOf)).toEqual(["phone", "contact", "customer", "received", "occurred", "title"]);
  });
});

describe("a number", () => {
  it.each([
    ["13800001234", "138 0000 1234"],
    ["＋86 138-0000-1234", "138 0000 1234"],
    ["0532-88881234 转 801", "0532-88881234 转 801"],
  ])("%s is read out as %s", (said, read) => {
    expect(grouped(said)).toBe(read);
  });
});
