/** Which known customer a name means that is being typed. */

interface Named {
  id: string;
  name: string;
}

const folded = (name: string) => name.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();

/** The only one that is called so. */
export function calledSo<T extends Named>(text: string, known: T[]): T | undefined {
  const same = known.filter((each) => folded(each.name) === folded(text));
  return text.trim() !== "" && same.length === 1 ? same[0] : undefined;
}

/**
 * Whom Enter takes of those that the list answers to this very text: who was pointed at, else who is called so.
 * Nobody: the name stays as it was typed, for it may be a new caller's.
 */
export const taken = <T extends Named>(text: string, answered: T[], pointed: string | undefined): T | undefined =>
  answered.find((each) => each.id === pointed) ?? calledSo(text, answered);

/** The next one that an arrow points at; from nobody it comes to the first or the last. */
export function next<T extends Named>(answered: T[], pointed: string | undefined, step: number): string | undefined {
  const at = answered.findIndex((each) => each.id === pointed);
  const from = at === -1 && step < 0 ? 0 : at;
  return answered[(from + step + answered.length) % answered.length]?.id;
}
