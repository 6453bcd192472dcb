/** A list of records: a table where there is room, cards where there is not. */
import type { ReactNode } from "react";
import { Bars } from "@shared/ui/bars";
import { More } from "@shared/ui/more";
import { Trouble } from "@shared/ui/trouble";
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
      {found.more && <More read={found.more} isComing={found.isMoreComing} />}
    </>
  );
}
