/** A picture with its table behind it, and a download of exactly that. */
import { Button } from "antd";
import { useEffect, useId, useRef, useState } from "react";
import { Bars as Waiting } from "@shared/ui/bars";
import { useIsDark } from "@shared/ui/dark";
import { csv, type Table } from "@shared/ui/csv";
import { save } from "@shared/ui/save";
import { Trouble } from "@shared/ui/trouble";
import { useWords } from "@shared/words";
import type { Bars } from "./chart";

interface Given {
  name: string;
  /** What is counted, in a sentence. */
  about: string;
  found: { data?: unknown; error: Error | null; refetch: () => unknown };
  bars: Bars;
  table: Table;
}

export function Picture({ name, about, found, bars, table }: Given) {
  const { t } = useWords();
  const id = useId();
  const [numbers, show] = useState(false);
  const none = table.rows.length === 0;
  return (
    <section className="card statistic" aria-labelledby={id}>
      <header>
        <h2 id={id}>{name}</h2>
        {found.data !== undefined && !none && (
          <span>
            <Button size="small" aria-pressed={numbers} onClick={() => show(!numbers)}>
              {t("statistics.numbers")}
            </Button>{" "}
            <Button size="small" onClick={() => save(new Blob([csv(table)], { type: "text/csv" }), `${name}.csv`)}>
              {t("statistics.download")}
            </Button>
          </span>
        )}
      </header>
      <p className="soft">{about}</p>
      {found.error && found.data === undefined && <Trouble error={found.error} again={() => void found.refetch()} />}
      {!found.error && found.data === undefined && <Waiting rows={5} />}
      {found.data !== undefined && none && <p>{t("statistics.none")}</p>}
      {found.data !== undefined && !none && <Drawn name={name} bars={bars} />}
      {numbers && !none && <Numbers name={name} table={table} />}
    </section>
  );
}

function Drawn({ name, bars }: { name: string; bars: Bars }) {
  const isDark = useIsDark();
  const into = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<Error>();
  const said = JSON.stringify(bars);
  useEffect(() => {
    let end: (() => void) | undefined;
    let over = false;
    import("./chart")
      .then(({ draw }) => {
        if (!over && into.current) end = draw(into.current, JSON.parse(said) as Bars, isDark);
      })
      .catch(setFailure);
    return () => {
      over = true;
      end?.();
    };
  }, [said, isDark]);
  // What draws did not come; the table and its download need it not.
  if (failure !== undefined) return <Trouble error={failure} again={() => location.reload()} />;
  return <div className="picture-drawn" role="img" aria-label={name} ref={into} />;
}

function Numbers({ name, table }: { name: string; table: Table }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="picture-numbers" role="region" aria-label={name} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {table.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, at) => (
                <td key={table.heads[at]} className={typeof cell === "number" ? "picture-amount" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
