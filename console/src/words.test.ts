import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import domainEn from "./shared/words/domain.en.json";
import domainZh from "./shared/words/domain.zh.json";
import en from "./shared/words/en.json";
import zh from "./shared/words/zh.json";

const SOURCES = import.meta.dirname;
const CHINESE = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/;
/** The house's name, and each language's own: the same in both. */
const SAME_IN_BOTH = /值守|中文/g;

type Words = { [key: string]: string | Words };

function flat(words: Words, before = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === "string") found.set(before + key, value);
    else for (const [inner, text] of flat(value, `${before}${key}.`)) found.set(inner, text);
  }
  return found;
}

const fields = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe.each([
  ["our words", zh as Words, en as Words],
  ["the domain's words", domainZh as Words, domainEn as Words],
])("%s", (_, chinese, english) => {
  const [inChinese, inEnglish] = [flat(chinese), flat(english)];

  it("are there in both languages", () => {
    expect([...inChinese.keys()]).toEqual([...inEnglish.keys()]);
    expect([...inChinese, ...inEnglish].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("are each in their language", () => {
    expect([...inEnglish.values()].filter((text) => CHINESE.test(text))).toEqual([]);
    const silent = [...inChinese.values()].filter((text) => /[a-z]{3}/i.test(text.replaceAll(/\{\{\w+\}\}/g, "")));
    expect(silent).toEqual([]);
  });

  it("are filled with the same", () => {
    for (const [key, text] of inChinese) expect(fields(inEnglish.get(key) ?? ""), key).toEqual(fields(text));
  });
});

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const codeOf = (file: string) =>
  readFileSync(join(SOURCES, file), "utf8").replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");

describe("pages", () => {
  it("have no Chinese of their own", () => {
    const own = files.filter((file) => !/\.test\.tsx?$|schema\.d\.ts$/.test(file));
    expect(own.filter((file) => CHINESE.test(codeOf(file).replaceAll(SAME_IN_BOTH, "")))).toEqual([]);
  });

  it("leave no word unused", () => {
    const code = files.filter((file) => !file.endsWith(".test.ts")).map(codeOf).join("\n");
    const isUsed = (key: string) => {
      const open = key.replace(/\.[^.]+$/, "");
      return code.includes(`"${key}"`) || code.includes(`\`${open}.\${`);
    };
    expect([...flat(zh as Words).keys()].filter((key) => !isUsed(key))).toEqual([]);
  });
});

describe("the house", () => {
  const imported = files.flatMap((file) =>
    [...codeOf(file).matchAll(/from "([^"]+)"|import\("([^"]+)"\)/g)].map((found) => [
      file,
      found[1] ?? found[2] ?? "",
    ]),
  ) as [string, string][];
  const of = (folder: string) => imported.filter(([file]) => file.startsWith(folder));

  it("has features that know what is shared, and neither each other nor the app", () => {
    expect(of("features/").filter(([, from]) => from.startsWith("@features/") || from.startsWith(".."))).toEqual([]);
  });

  it("has nothing shared that knows a feature", () => {
    expect(of("shared/").filter(([, from]) => from.startsWith("@features/") || from.includes("/app/"))).toEqual([]);
  });

  it("has a phone that carries neither the desk's pages nor its libraries", () => {
    const heavy = /^@features\/|\/app\/|^antd|^@ant-design|^i18next|^@tanstack|^react-router/;
    expect(of("phone/").filter(([, from]) => heavy.test(from))).toEqual([]);
  });

  it("asks the API in shared rooms and in a feature's queries alone", () => {
    const asks = of("features/").filter(([, from]) => from === "@shared/api/client");
    const elsewhere = asks.filter(([file]) => !/queries\.ts$|\.test\.ts$/.test(file));
    expect(elsewhere).toEqual([]);
  });
});
