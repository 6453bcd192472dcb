import { describe, expect, it } from "vitest";
import { askedAt, filled, hasGap, put, suiting } from "./filling";

describe("a phrase", () => {
  it("is filled with what is known, and shows what is not", () => {
    const gaps = { contact: "刘雅琴", "due.arrive": "14:32", assignee: null };
    expect(filled("{contact}，{assignee} {due.arrive} 前到达 {number}。{a b}", gaps)).toBe("刘雅琴，{assignee} 14:32 前到达 {number}。{a b}");
    expect(filled("{contact}", { contact: "$& $1" })).toBe("$& $1");
    expect([filled("{me}：{contact}", { me: "周晓雯" }), filled("{me}", { me: "周晓雯" })].map(hasGap)).toEqual([true, false]);
  });

  it("is asked for by a slash at the head of a word, in either width", () => {
    expect(askedAt("/", 1)).toEqual({ from: 0, search: "" });
    expect(askedAt("您好，/远程", 6)).toEqual({ from: 3, search: "远程" });
    expect(askedAt("a\n／on", 5)).toEqual({ from: 2, search: "on" });
    for (const text of ["http://", "和/或", "24/7", "/a b", "//"]) expect(askedAt(text, text.length), text).toBeUndefined();
  });

  it("takes the place of what asked for it", () => {
    expect(put("您好，/远程 再见", 3, 6, "请开远程")).toEqual({ text: "您好，请开远程 再见", caret: 7 });
  });

  it("is offered in the forms that it is for", () => {
    const phrases = [
      { title: "甲", text: "x", kinds: [] },
      { title: "乙", text: "Remote", kinds: ["note"] },
    ];
    const titles = (kind: string | undefined, search: string) => suiting(phrases, kind, search).map(({ title }) => title);
    expect(titles("note", "")).toEqual(["甲", "乙"]);
    expect(titles("respond", "")).toEqual(["甲"]);
    expect(titles(undefined, "")).toEqual(["甲"]);
    expect(titles("note", "remote")).toEqual(["乙"]);
  });
});
