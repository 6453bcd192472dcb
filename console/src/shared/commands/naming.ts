/** What the inputs of a form are called, and who reads what is written there. */
import { isOutside, readsAtADesk, useSession } from "@shared/session";
import { useWords } from "@shared/words";
import { FORMS, type Ask, type Kind, type Offer } from "./fields";
import { readersSaid } from "./readers";

const OPENED = { title: "opening.subject", description: "opening.description", site: "opening.site", asset: "ticket.asset" } as const;

/** What a command is called; what people outside note is a message to us. */
export function useCalled(): (kind: string) => string {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const isOutsider = isOutside(useSession());
  return (kind) => (kind === "note" && isOutsider ? t("act.message") : domain(`command.${kind as Kind}`));
}

export function useNaming(offer: Offer) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const isOurs = readsAtADesk(useSession());

  const called = useCalled();
  const nameOf = (ask: Ask): string => {
    if (offer.kind === "note" && ask.path === "text" && !isOurs) return called("note");
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
