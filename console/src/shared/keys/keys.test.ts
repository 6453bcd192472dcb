import { describe, expect, it } from "vitest";
import { pressed } from "./keys";

const event = (change: Partial<Parameters<typeof pressed>[0]>) =>
  pressed({
    key: "n",
    code: "KeyN",
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 78,
    ...change,
  });

describe("a key", () => {
  it("is what stands on it, whatever its case", () => {
    expect(event({ key: "N" })).toBe("n");
    expect(event({ key: "/", code: "Slash" })).toBe("/");
    expect(event({ key: "k", ctrlKey: true })).toBe("mod+k");
    expect(event({ key: "k", metaKey: true })).toBe("mod+k");
  });

  it("with a name is another one under Shift", () => {
    expect(event({ key: "ArrowDown", code: "ArrowDown", shiftKey: true })).toBe("shift+ArrowDown");
    expect(event({ key: "?", code: "Slash", shiftKey: true })).toBe("?");
  });

  it("is left to an input method that composes", () => {
    expect(event({ isComposing: true })).toBeUndefined();
  });

  it("is left to it also when Safari has ended the composition before the last Enter", () => {
    expect(event({ key: "Enter", keyCode: 229 })).toBeUndefined();
  });

  it("is found by its place where an input method hides what it is", () => {
    expect(event({ key: "Process" })).toBe("n");
  });

  it("with Alt types a letter in other languages", () => {
    expect(event({ altKey: true })).toBeUndefined();
  });
});
