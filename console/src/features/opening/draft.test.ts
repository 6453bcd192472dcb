import { beforeEach, describe, expect, it, vi } from "vitest";
import { draftKey, keepDraft } from "@shared/drafts/drafts";
import { stored } from "@shared/drafts/stored";
import { bodyOf } from "./body";
import { blank, keeping } from "./draft";

const NOW = Date.parse("2026-11-26T06:02:00Z");

/** Another tab of the same browser has a session storage of its own. */
const tab = () => vi.stubGlobal("sessionStorage", stored());

beforeEach(() => {
  vi.stubGlobal("localStorage", stored());
  tab();
});

describe("a report's draft", () => {
  it("is kept before the report leaves, with what was changed a moment ago", () => {
    const page = keeping("anna");
    page.change({ title: "打印不了" });
    page.sending(bodyOf(page.now().report, NOW));
    const reloaded = keeping("anna").now();
    expect(reloaded.sent).toMatchObject({ title: "打印不了", received_at: "2026-11-26T06:02:00.000Z" });
    expect(reloaded.report.key).toBe(page.now().report.key);
  });

  it("has the time of its first sending until something is changed", () => {
    const page = keeping("anna");
    page.change({ title: "打印不了" });
    const first = bodyOf(page.now().report, NOW);
    page.sending(first);
    page.sending(undefined);
    expect(bodyOf(page.now().report, NOW + 60_000)).toEqual(first);
    page.change({ title: "打印不了发票" });
    expect(bodyOf(page.now().report, NOW + 60_000).received_at).toBe("2026-11-26T06:03:00.000Z");
  });
});

describe("a draft of an older page", () => {
  it("has what has been added since, empty", () => {
    const { site: _, ...older } = { ...blank(), title: "打印不了" };
    keepDraft(draftKey("anna", "new", "report"), { report: older });
    expect(keeping("anna").now().report).toEqual({ ...older, site: "" });
  });
});

describe("two tabs of one person", () => {
  it("that both type have a key and a draft each", () => {
    const [one, other] = [keeping("anna"), keeping("anna")];
    one.change({ title: "第一个来电" });
    other.change({ title: "第二个来电" });
    one.save();
    other.makeWay();
    other.save();
    expect(other.now().report.title).toBe("第二个来电");
    expect(other.now().report.key).not.toBe(one.now().report.key);
    expect(keeping("anna").now().report.title).toBe("第二个来电");
    tab();
    expect(keeping("anna").now().report.title).toBe("第一个来电");
  });

  it("leave a report to the one that goes on with it", () => {
    const one = keeping("anna");
    one.change({ title: "第一个来电" });
    one.save();
    const other = keeping("anna");
    expect(other.now().report.title).toBe("第一个来电");
    other.makeWay();
    expect(other.now().report.title).toBe("");
  });

  it("keep a report that is on its way as it was sent", () => {
    const page = keeping("anna");
    page.sending(bodyOf(page.now().report, NOW));
    const before = page.now();
    page.makeWay();
    expect(page.now()).toBe(before);
  });
});
