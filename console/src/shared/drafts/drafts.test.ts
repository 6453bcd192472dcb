import { beforeEach, describe, expect, it, vi } from "vitest";
import { stored } from "./stored";
import { draftKey, draftsOf, dropDraftsOf, keepDraft, readDraft, sweep } from "./drafts";

const DAY_MS = 24 * 3600 * 1000;

beforeEach(() => {
  vi.stubGlobal("localStorage", stored());
  return () => vi.useRealTimers();
});

describe("drafts", () => {
  it("that are old, or are none, go at the start of the app; others stay", () => {
    vi.useFakeTimers({ now: 0 });
    keepDraft(draftKey("anna", "new", "report"), { phone: "138" });
    localStorage.setItem(draftKey("anna", "new", "broken"), "{");
    localStorage.setItem("zhishou.preferences", "{}");
    vi.setSystemTime(5 * DAY_MS);
    keepDraft(draftKey("anna", "7KQ2M4XP", "note"), { text: "later" });
    vi.setSystemTime(8 * DAY_MS);
    sweep();
    expect(Object.keys(localStorage).toSorted()).toEqual(["draft/anna/7KQ2M4XP/note", "zhishou.preferences"]);
  });

  it("of somebody who signs out go, and nobody else's", () => {
    keepDraft(draftKey("anna", "new", "report"), 1);
    keepDraft(draftKey("anna", "7KQ2M4XP", "note"), 2);
    keepDraft(draftKey("anna2", "new", "report"), 3);
    expect(draftsOf("anna")).toBe(2);
    dropDraftsOf("anna");
    expect(draftsOf("anna")).toBe(0);
    expect(readDraft(draftKey("anna2", "new", "report"))?.holds).toBe(3);
  });
});
