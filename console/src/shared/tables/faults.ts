/** What is wrong with a table that is to be brought in, cell by cell. */
export interface Fault {
  row: number | undefined;
  column: string;
  message: string;
}

const CELL = /^rows\[(\d+)\](?:\.(\w+))?/;

export function faultOf({ field, message }: { field: string; message: string }): Fault {
  const [, row, column = ""] = CELL.exec(field) ?? [];
  return { row: row === undefined ? undefined : Number(row), column, message };
}

/** What the API takes a file for: what the browser says, which may be nothing, or else its ending. */
export function formOf(name: string, type: string): string {
  if (type !== "") return type;
  return /\.xlsx$/i.test(name) ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
}
