/** The form of an act that was refused, filled in as it was. */
import { local } from "@shared/clock/beijing";
import { FORMS, type Kind } from "@shared/commands/fields";
import { WHEN } from "@shared/commands/stated";
import { anewAs, type Act } from "../outbox/acts";
import { drafts, files } from "../outbox/store";

/** Where it is to be filled in anew; the act itself stays until that is done. */
export async function refill(act: Act): Promise<string> {
  const values = act.kind === "open" ? (act.filled ?? {}) : valuesOf(act.kind, act);
  // One that the phone has lost would hold it for ever.
  const kept = await Promise.all(act.files.map((id) => files.get(id)));
  const there = act.files.filter((_, place) => kept[place] !== undefined);
  await drafts.put(act.user, act.number, anewAs(act), { values, files: there });
  return act.kind === "open" ? `/m/call#${act.id}` : `/m/t/${act.number}#${anewAs(act)}`;
}

/** By the paths of its inputs, what its data say and when it was. */
export function valuesOf(kind: Kind, { data, at }: Pick<Act, "data" | "at">): Record<string, string> {
  const instants = new Set(FORMS[kind].fields.filter(({ type }) => type === "instant").map(({ name }) => name));
  const said = Object.entries(data).flatMap(([name, value]): [string, unknown][] =>
    typeof value === "object" && value !== null ? Object.entries(value).map(([part, inner]) => [`${name}.${part}`, inner]) : [[name, value]],
  );
  const values = said.map(([path, value]) => [path, instants.has(path) ? local(String(value)) : String(value)]);
  return { ...(Object.fromEntries(values) as Record<string, string>), [WHEN]: local(at) };
}
