/** Which ticket it is: its number as people read it out, how grave it is by its contract, and whose it is. */
import { usePreferences } from "@shared/preferences";
import { spaced } from "@shared/tickets/number";
import type { Ticket } from "../queries";
import { usePhone } from "../state";

export function Which({ ticket: { number, pack, level, customer } }: { ticket: Pick<Ticket, "number" | "pack" | "level" | "customer"> }) {
  const { packs } = usePhone();
  const { language } = usePreferences();
  const named = packs.find(({ id }) => id === pack)?.levels.find(({ id }) => id === level);
  return (
    <>
      {spaced(number)}
      {named && ` · ${named[language]}`} · {customer.name}
    </>
  );
}
