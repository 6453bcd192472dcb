/** The form of an act that was refused, filled in as it was. */
import { local } from "@shared/clock/beijing";
import { FORMS, type Kind } from "@shared/commands/fields";
import { WHEN } from "@shared/commands/stated";
import type { Act } from "../outbox/acts";
import { drafts, files } from "../outbox/store";

/** Where it is to be filled in anew; the act itself stays until that is done. */
export async function refill(act: Act): Promise<string> {
  const { fields } = FORMS[act.kind as Kind];
  const values = Object.fromEntries(
    Object.entries(act.data).map(([name, value]) => {
      const isInstant = fields.some((field) => field.name === name && field.type === "instant");
      return [name, isInstant ? local(String(value)) : String(value)];
    }),
  );
  // One that the phone has lost would hold it for ever.
  const kept = await Promise.all(act.files.map((id) => files.get(id)));
  const there = act.files.filter((_, place) => kept[place] !== undefined);
  await drafts.put(act.user, act.number, act.kind, { values: { ...values, [WHEN]: local(act.at) }, files: there, instead: act.id });
  return `/m/t/${act.number}#${act.kind}`;
}
