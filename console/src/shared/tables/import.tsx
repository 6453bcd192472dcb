/** A table is brought in: looked at first, then whole or not at all. */
import { Button } from "antd";
import { useId, useState } from "react";
import { ApiProblem } from "@shared/api/problems";
import { Dialog } from "@shared/ui/dialog";
import { useWords } from "@shared/words";
import { faultOf, type Fault } from "./faults";
import "./import.css";

export type Table = "people" | "customers" | "roster";
export type BringIn = (file: File, check: boolean) => Promise<{ checked: number; imported: number }>;

interface Given {
  table: Table;
  /** Columns that must be there, and those that may be. */
  needed: string[];
  perhaps: string[];
  bringIn: BringIn;
  done: (rows: number) => void;
  close: () => void;
}

type Seen = { faults: Fault[]; whole?: string } | { rows: number };

export function Import({ table, needed, perhaps, bringIn, done, close }: Given) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  const id = useId();
  const [file, setFile] = useState<File>();
  const [busy, setBusy] = useState(false);
  const [seen, setSeen] = useState<Seen>();
  const columns = (names: string[]) =>
    names.map((name) => domain(`column.${table}_${name}` as "column.people_id")).join(t("opening.and"));

  const send = async (chosen: File, check: boolean) => {
    setBusy(true);
    try {
      const { checked, imported } = await bringIn(chosen, check);
      if (check) setSeen({ rows: checked });
      else {
        done(imported);
        close();
      }
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      const faults = (problem?.told.errors ?? []).map(faultOf);
      setSeen(faults.length > 0 ? { faults } : { faults, whole: problem?.message ?? t("noAnswer") });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog title={t(`import.${table}`)} onClose={close} className="importing">
      <p className="soft">
        {t("import.columns", { columns: columns(needed) })} {t("import.perhaps", { columns: columns(perhaps) })}
      </p>
      <label htmlFor={id}>{t("import.file")}</label>
      <input
        id={id}
        type="file"
        accept=".csv,.xlsx"
        disabled={busy}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          setFile(chosen);
          setSeen(undefined);
          if (chosen) void send(chosen, true);
        }}
      />
      <div role="status">
        {busy && t("import.looking")}
        {!busy && seen && "rows" in seen && t("import.right", { rows: seen.rows })}
        {!busy && seen && "faults" in seen && (seen.whole ?? t("import.wrong", { count: seen.faults.length }))}
      </div>
      {seen && "faults" in seen && seen.faults.length > 0 && <Faults table={table} faults={seen.faults} />}
      <div className="buttons">
        {file && seen && "rows" in seen && (
          <Button type="primary" loading={busy} disabled={seen.rows === 0} onClick={() => void send(file, false)}>
            {t("import.do", { rows: seen.rows })}
          </Button>
        )}
        <Button onClick={close}>{t("close")}</Button>
      </div>
    </Dialog>
  );
}

function Faults({ table, faults }: { table: Table; faults: Fault[] }) {
  const { t } = useWords();
  const { t: domain } = useWords("domain");
  return (
    // A table that may be long is scrolled by keyboard too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="faults" role="region" aria-label={t("import.faults")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("import.row")}</th>
            <th scope="col">{t("import.column")}</th>
            <th scope="col">{t("import.message")}</th>
          </tr>
        </thead>
        <tbody>
          {faults.map((each) => (
            <tr key={`${each.row} ${each.column} ${each.message}`}>
              <td>{each.row ?? t("import.wholeFile")}</td>
              <td>
                {each.column && domain(`column.${table}_${each.column}` as "column.people_id", { defaultValue: each.column })}
              </td>
              <td dir="auto">{each.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
