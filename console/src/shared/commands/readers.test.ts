import { describe, expect, it } from "vitest";
import { asks, FORMS, type Kind, type Offer } from "./fields";
import { readersSaid } from "./readers";

const asked = (kind: Kind, path: string) => {
  const offer = { kind, possible: true, recorded: true, needs: { choices: {} } } as unknown as Offer;
  const found = asks(offer, {}).find((ask) => ask.path === path);
  if (found === undefined) throw new Error(`${kind} does not ask for ${path}`);
  return readersSaid(found);
};

describe("what stands in a form is read", () => {
  it("by us alone, where no timeline outside shows it", () => {
    expect(asked("note", "text")).toEqual(["act.oursOnly"]);
    expect(asked("resolve", "cause")).toEqual(["act.oursOnly"]);
  });

  it("by the customer, where theirs does", () => {
    expect(asked("respond", "text")).toEqual(["act.customerReads"]);
    expect(asked("agree_change", "evidence")).toEqual(["act.customerReads"]);
  });

  it("by the vendor whose case it is", () => {
    expect(asked("open_vendor_case", "text")).toEqual(["act.vendorReads"]);
    expect(asked("close_vendor_case", "text")).toEqual(["act.vendorReads"]);
  });

  const recorded = (Object.keys(FORMS) as Kind[]).filter((kind) => FORMS[kind].fields.some(({ name }) => name === "on_behalf"));
  it.each(recorded)("by the customer whose word is recorded with %s, its evidence too", (kind) => {
    expect(asked(kind, "on_behalf.evidence")).toEqual(["act.customerReads"]);
  });
});
