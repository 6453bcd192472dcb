/** A list of records: a table where there is room, cards where there is not. */
import { Button } from "antd";
import type { ReactNode } from "react";
import { Bars } from "@shared/ui/bars";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import type { Listed } from "./listed";
import "./records.css";

interface Given<T> {
  name: string;
  found: Listed<T>;
  heads: string[];
  keyOf: (row: T) => string;
  none: string;
  /** What stands below each head. */
  children: (row: T) => ReactNode[];
}

export function Records<T>({ name, found, heads, keyOf, none, children }: Given<T>) {
  const { t } = useWords();
  const { rows, error } = found;
  if (error && !rows) return <Trouble error={error} again={found.again} />;
  if (!rows) return <Bars rows={8} />;
  if (rows.length === 0) return <p className="card">{none}</p>;
  return (
    <>
      <table className="records card" aria-label={name}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {children(row).map((cell, place) => (
                <td key={heads[place]} data-head={heads[place]} dir="auto">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {found.more && (
        <Button className="more" loading={found.isMoreComing} onClick={found.more}>
          {t("timeline.more")}
        </Button>
      )}
    </>
  );
}
