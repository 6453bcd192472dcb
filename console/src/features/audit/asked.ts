/** What is asked of the past: which tickets, and under which terms. */
import type { Comparison, Pair, Question } from "./queries";

const DIGITS = 8;

/** The numbers in what somebody typed or pasted, however they are parted; each once. */
export function numbersIn(text: string): string[] {
  const signs = text.toUpperCase().replaceAll(/[^0-9A-Z]+/g, "");
  return [...new Set(signs.match(new RegExp(`.{1,${DIGITS}}`, "g")) ?? [])];
}

/** Numbers of contracts that are no packs, each once, in order. */
export const numbersBeside = (packs: readonly string[], found: readonly string[]): string[] =>
  [...new Set(found)].filter((each) => !packs.includes(each)).toSorted();

/** Nothing as long as something lacks. */
export function questionOf(address: URLSearchParams, edited: string | undefined): Question | undefined {
  const numbers = numbersIn(address.get("numbers") ?? "");
  const contract = (address.get("other") ?? "").trim() || (address.get("contract") ?? "");
  if (numbers.length === 0 || contract === "") return undefined;
  return { numbers, contract, ...(edited !== undefined && { edited }) };
}

/** The kind of a promise, out of its key. */
export const kindOf = ({ key }: Pick<Pair, "key">) => key.split(/[:@]/)[0] ?? key;

/** A row for each promise, for a sheet. */
export function rowsOf(tickets: readonly Comparison[], said: (pair: Pair, at: 0 | 1) => string[]): string[][] {
  return tickets.flatMap(({ number, promises }) => promises.map((pair) => [number, kindOf(pair), ...said(pair, 0), ...said(pair, 1)]));
}
