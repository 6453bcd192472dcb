import { describe, expect, it } from "vitest";
import { OPEN } from "@shared/tickets/queries";
import { askedBy, filtered, isFiltered, keyOf, sortOf, viewOf } from "./asked";

const NOW = Date.parse("2026-11-26T06:00:00Z");
const at = (query: string) => new URLSearchParams(query);
const asked = (query: string) => askedBy(at(query), NOW);

describe("what a queue asks for", () => {
  it("is what is worked on, by what is due first, where the address says nothing", () => {
    expect(asked("")).toEqual({ stage: OPEN, sort: "next_due_at" });
  });

  it("is a view at its instant", () => {
    expect(asked("view=mine")).toMatchObject({ stage: OPEN, mine: true });
    expect(asked("view=soon")).toMatchObject({ stage: OPEN, due_within: 30 });
    expect(asked("view=late")).toMatchObject({ due_before: "2026-11-26T06:00:00.000Z" });
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
    expect(filtered(at("open=6X792M25"), "level", ["A", "B"]).toString()).toBe("view=open&level=A&level=B");
    expect(filtered(at("text=a"), "stage", ["phone"]).toString()).toBe("text=a&stage=phone");
    expect(isFiltered(filtered(at("view=open&level=A"), "level", []))).toBe(false);
  });

  it("names the same list whatever is open beside", () => {
    expect(keyOf(at("view=mine&open=6X792M25&level=A"))).toBe(keyOf(at("level=A&view=mine")));
  });
});
