/** What is known of a case that promises depend on. */
import type { Facts, Pack } from "./queries";

/** Every fact, with its values where it is more than yes and no, as the API's own description has them. */
export const FACTS: Record<string, string[]> = {
  nature: ["fault", "question", "booking", "change"],
  asset: ["hardware", "system_software", "application"],
  cause: ["own", "environment", "third_party", "unknown"],
  severity: ["disastrous", "serious", "general"],
  on_site: ["true", "false"],
  supplied: ["true", "false"],
  major: ["true", "false"],
};

const FLAGS: Record<string, boolean> = { true: true, false: false };

/** Facts as the API takes them. */
export const factsOf = (chosen: Record<string, string>) =>
  Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, FLAGS[value] ?? value])) as Facts;

/** First those that this pack's promises depend on, then the others. */
export function factsOfPack(pack: Pack | undefined): [asked: string[], others: string[]] {
  const known = new Set([
    ...Object.keys(pack?.fact_defaults ?? {}),
    ...(pack?.clauses ?? []).flatMap((clause) => Object.keys(clause.when)),
  ]);
  const names = Object.keys(FACTS);
  return [names.filter((name) => known.has(name)), names.filter((name) => !known.has(name))];
}
