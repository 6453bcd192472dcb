/** What a token of somebody else may do, in words; scopes that were put together elsewhere as they are. */
import { useWords } from "@shared/words";
import { rightsIn } from "./rights";

export function useRightsSaid(): (scopes: readonly string[]) => string {
  const { t } = useWords();
  return (scopes) => {
    const may = rightsIn(scopes);
    if (may === undefined) return scopes.join(" ");
    return may === "all" ? t("people.allRights") : t(`tokens.may.${may}`);
  };
}
