import { describe, expect, it } from "vitest";
import { addressOf, askedBy, isSame, keyOf, narrow, sortOf, viewOf, widen, type Filter } from "./asked";
import { OPEN, type Asked } from "./queries";

const at = (query: string) => new URLSearchParams(query);
const asked = (query: string) => askedBy(at(query));
const narrowed = (query: string, name: Filter, ...values: string[]) => {
  const address = at(query);
  narrow(address, name, values);
  return address.toString();
};

describe("what a queue asks for", () => {
  it("is what is worked on, by what is due first, where the address says nothing", () => {
    expect(asked("")).toEqual({ stage: OPEN, sort: "next_due_at" });
  });

  it("is a view, whatever the time", () => {
    expect(asked("view=mine")).toMatchObject({ stage: OPEN, mine: true });
    expect(asked("view=soon")).toMatchObject({ stage: OPEN, due_within: 30 });
    expect(asked("view=late")).toMatchObject({ stage: OPEN, overdue: true });
    expect(asked("view=all")).toEqual({ sort: "-received_at" });
  });

  it("is looked for among all where somebody only filters, as a search is", () => {
    expect(viewOf(at("text=打印"))).toBe("all");
    expect(asked("text= 打印 ")).toEqual({ sort: "-received_at", text: "打印" });
    expect(asked("stage=onsite&stage=phone")).toMatchObject({ stage: ["onsite", "phone"] });
  });

  it("narrows a view", () => {
    expect(asked("view=open&level=A&level=B&contract=sitech")).toMatchObject({
      stage: OPEN,
      level: ["A", "B"],
      contract: "sitech",
    });
  });

  it("has whole days of Beijing, the last one with all of it, and leaves out what is no day", () => {
    expect(asked("received_from=2026-11-24&received_to=2026-11-25&closed_from=yesterday")).toEqual({
      sort: "-received_at",
      received_from: "2026-11-23T16:00:00.000Z",
      received_to: "2026-11-25T16:00:00.000Z",
    });
  });

  it("tells what holds from what does not", () => {
    expect(asked("paused=true&breached=false")).toMatchObject({ paused: true, breached: false });
  });

  it("knows of nobody", () => {
    expect(asked("view=mine&assignee=-")).toEqual({ stage: OPEN, sort: "next_due_at", unassigned: true });
  });

  it("is never what nobody offers", () => {
    expect(viewOf(at("view=secret"))).toBe("open");
    expect(sortOf(at("sort=title"))).toBe("next_due_at");
  });
});

describe("an address", () => {
  it("stays in its view when it is narrowed, and closes what is open beside", () => {
    expect(narrowed("open=6X792M25", "level", "A", "B")).toBe("view=open&level=A&level=B");
    expect(narrowed("text=a", "stage", "phone")).toBe("text=a&stage=phone");
    expect(narrowed("view=open&level=A", "level")).toBe("view=open");
  });

  it("stays in its view when nothing narrows it any more", () => {
    const address = at("view=late&level=A&level=B&text=a&sort=gravity&open=6X792M25");
    widen(address);
    expect(address.toString()).toBe("view=late");
  });

  it("names the same list whatever is open beside", () => {
    expect(keyOf(at("view=mine&open=6X792M25&level=A"))).toBe(keyOf(at("level=A&view=mine")));
  });
});

describe("a list that was kept under a name", () => {
  it.each([
    "",
    "view=mine&level=sitech:A&level=xinhe:I",
    "view=soon&sort=gravity",
    "view=late&assignee=-&text=打印",
    "view=resolved",
    "view=all&paused=true&breached=false&drill=true",
    "stage=onsite&stage=phone&customer=demo-sitech",
    "view=open&received_from=2026-11-01&closed_to=2026-11-25&waits_for=approval&work=part",
  ])("leads back to where it was kept: %s", (query) => {
    const back = addressOf(asked(query));
    expect(back && askedBy(back)).toEqual(asked(query));
  });

  it("that others made may hold what no address says: then it leads nowhere", () => {
    const made: Asked[] = [{ open: true }, { due_within: 45 }, { stage: OPEN, due_before: "2026-11-26T06:00:00Z" }, { received_from: "2026-11-26T06:00:00Z" }];
    expect(made.map(addressOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("is the same however it is said, and another where one answer differs", () => {
    expect(isSame({ stage: ["phone", "onsite"], received_from: "2026-11-23T16:00:00.000Z", drill: false }, { stage: ["onsite", "phone"], received_from: "2026-11-24T00:00:00+08:00", sort: "-received_at" })).toBe(true);
    expect(isSame({ paused: false }, {})).toBe(false);
  });
});
