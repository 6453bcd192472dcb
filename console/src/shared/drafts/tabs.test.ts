import { beforeEach, describe, expect, it, vi } from "vitest";
import { begun, draftKey } from "./drafts";
import { stored } from "./stored";
import { tabDraft } from "./tabs";

const PLACE = draftKey("anna", "7KQ2M4XP", "note");

/** Another tab of the same browser has a session storage of its own. */
const tab = () => vi.stubGlobal("sessionStorage", stored());

beforeEach(() => {
  vi.stubGlobal("localStorage", stored());
  tab();
});

describe("a draft of one place", () => {
  it("that was left is gone on with by a new tab", () => {
    tabDraft<string>(PLACE).keep("left");
    tab();
    expect(tabDraft<string>(PLACE).read()?.holds).toBe("left");
  });

  it("in two tabs that both type is two, and each tab finds its own again", () => {
    const first = globalThis.sessionStorage;
    const one = tabDraft<string>(PLACE);
    tab();
    const second = globalThis.sessionStorage;
    const other = tabDraft<string>(PLACE);
    one.keep("one");
    other.part(); // it has heard of that
    other.keep("other");
    vi.stubGlobal("sessionStorage", first);
    expect(tabDraft<string>(PLACE).read()?.holds).toBe("one");
    vi.stubGlobal("sessionStorage", second);
    expect(tabDraft<string>(PLACE).read()?.holds).toBe("other");
  });

  it("is begun once, in however many tabs", () => {
    const one = tabDraft<string>(PLACE);
    one.keep("one");
    one.part();
    one.keep("other");
    expect([...begun("anna", "7KQ2M4XP")]).toEqual(["note"]);
  });

  it("that one tab is done with leaves the other's", () => {
    const one = tabDraft<string>(PLACE);
    one.keep("one");
    const other = tabDraft<string>(PLACE);
    other.part();
    other.keep("other");
    one.drop();
    tab();
    expect(tabDraft<string>(PLACE).read()?.holds).toBe("other");
  });
});
