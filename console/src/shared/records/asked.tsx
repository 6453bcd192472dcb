/** What a list of records is asked for, as it stands in the address. */
import { useId } from "react";
import { useSearchParams } from "react-router";
import { AskField } from "@shared/ui/form/ask";
import { useWords } from "@shared/words";

type Put = (name: string, value: string) => void;

/** The address, and what puts a filter into it; empty: takes it out. Going back leaves the list, not a filter. */
export function useAskedFor(): [URLSearchParams, Put] {
  const [address, setAddress] = useSearchParams();
  const put: Put = (name, value) =>
    setAddress(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === "") next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
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
