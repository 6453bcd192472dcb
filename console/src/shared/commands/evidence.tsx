/** What proves a word: a file of the ticket, chosen by its name, or words such as the number of a mail. */
import { AutoComplete } from "antd";
import { useAttachments } from "@shared/attachments/queries";
import type { Tied } from "./identify";

interface Given {
  number: string;
  tied: Tied;
  value: string;
  onChange: (value: string) => void;
}

export function EvidenceInput({ number, tied, value, onChange }: Given) {
  const { data } = useAttachments(number);
  const files = data?.pages.flatMap(({ items }) => items) ?? [];
  // What was erased proves nothing any more.
  const there = files.filter(({ erased }) => !erased);
  const chosen = files.find(({ id }) => id === value);
  return (
    <>
      <AutoComplete
        {...tied}
        status={tied["aria-invalid"] ? "error" : ""}
        allowClear
        value={value}
        onChange={(written?: string) => onChange(written ?? "")}
        options={there.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {chosen && (
        <span className="soft" dir="auto">
          {chosen.name}
        </span>
      )}
    </>
  );
}
