/** What the inputs of a form are called, and who reads what is written there. */
import { useSession, readsAtADesk } from "@shared/session";
import { useWords } from "@shared/words";
import { FORMS, type Ask, type Kind, type Offer } from "./fields";
import { readersSaid } from "./readers";

const OPENED = { title: "opening.subject", description: "opening.description", site: "opening.site", asset: "ticket.asset" } as const;

export function useNaming(offer: Offer) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const isOurs = readsAtADesk(useSession());

  const nameOf = (ask: Ask): string => {
    if (ask.path.startsWith("facts.")) return domain(`fact.${ask.name as "cause"}`);
    // What is corrected is called as where it was written down.
    if (offer.kind === "correct" && ask.name in OPENED) return t(OPENED[ask.name as "site"]);
    const usual = t(`field.${ask.path.replace(".", "_") as "text"}`);
    // The text of a command is what the command is about, and so is called after it.
    return ask.path === "text" ? t(`says.${offer.kind as "respond"}`, { defaultValue: usual }) : usual;
  };

  const readersOf = (ask: Ask): string | undefined => {
    if (!isOurs || ask.type !== "text") return undefined;
    return readersSaid(ask).map((said) => t(said)).join(" · ");
  };

  const filesReaders = isOurs
    ? readersSaid({ read_by: FORMS[offer.kind as Kind].shown_to })
        .map((said) => t(said))
        .join(" · ")
    : undefined;

  return { nameOf, readersOf, filesReaders };
}
