/** A table as a spreadsheet reads it. */
export type Cell = string | number;

export interface Table {
  heads: string[];
  rows: Cell[][];
}

/** As the sheets that the server makes are marked (`store/imports/formulas.py`). */
function cell(value: Cell): string {
  const text = typeof value === "string" && /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** In UTF-8 with a mark, and with no text that it would take for a formula. */
export function csv({ heads, rows }: Table): string {
  return `\uFEFF${[heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
