/** What a list of records is asked for, as it stands in the address. */
import { useId } from "react";
import { useAddress } from "@shared/ui/address";
import { AskField } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";

type Put = (name: string, value: string) => void;

/** The address, and what puts a filter into it; empty: takes it out. */
export function useAskedFor(): [URLSearchParams, Put] {
  const [address, change] = useAddress();
  const put: Put = (name, value) => change((now) => (value === "" ? now.delete(name) : now.set(name, value)));
  return [address, put];
}

/** Those in use, those that are not, or all. */
export function InUseAsked({ value, put }: { value: string; put: Put }) {
  const { t } = useWords();
  const id = useId();
  const states = [
    { value: "true", says: t("record.active") },
    { value: "false", says: t("record.inactive") },
    { value: "all", says: t("queue.all") },
  ];
  return (
    <AskField
      ask={{ name: "active", says: t("record.state"), kind: "choice", options: states }}
      id={`${id}-active`}
      value={value}
      change={(said) => put("active", said)}
    />
  );
}
