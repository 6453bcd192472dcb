import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const SOURCES = import.meta.dirname;
const sheets = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));

/** What every sheet may begin a selector with: of the whole house, not of one page. */
const EVERYBODYS = /^(ant-|anticon)/;

/** The classes by which the selectors of a sheet begin: they are its own, what stands behind them may be another's. */
function owned(css: string): Set<string> {
  const selectors = css.replaceAll(/\/\*[^]*?\*\//g, "").matchAll(/(?:^|[{};])\s*([^{};@]+)\{/g);
  const found = new Set<string>();
  for (const [, list = ""] of selectors) {
    for (const selector of list.split(/,(?![^(]*\))/)) {
      const [first = ""] = selector.trim().split(/[\s>+~]/);
      const [, name] = /\.([\w-]+)/.exec(first) ?? [];
      if (name !== undefined && !EVERYBODYS.test(name)) found.add(name);
    }
  }
  return found;
}

it("a class is of one sheet: two that style the same name change each other's pages, by which was loaded last", () => {
  const where = new Map<string, string[]>();
  for (const sheet of sheets) {
    for (const name of owned(readFileSync(join(SOURCES, sheet), "utf8"))) where.set(name, [...(where.get(name) ?? []), sheet]);
  }
  expect([...where].filter(([, in_]) => in_.length > 1)).toEqual([]);
});

it("finds what begins a selector, within a condition and in a list too", () => {
  const css = "/* .no { */ .one, .two.three > .four { a: b } @media (x) { .five .six { a: b } } .ant-btn { a: b } p .seven { a: b }";
  expect([...owned(css)]).toEqual(["one", "two", "five"]);
});
