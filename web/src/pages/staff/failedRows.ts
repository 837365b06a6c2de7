/** The rows of a register that failed, as a file to mend and import again. */

/** A row that failed: its first and last line in the file, and why in a person's words. */
export interface FailedRow {
  line: number;
  last_line: number;
  reason: string;
}

/** The importer does not read this column. */
const REASON = 'reason';

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** The cells of one record, quotes undone. */
function cellsOf(record: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < record.length; at += 1) {
    const character = record[at] ?? '';
    if (quoted && character === '"' && record[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"' && (quoted || cell === '')) {
      quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else {
      cell += character;
    }
  }
  return [...cells, cell];
}

/** A cell that no spreadsheet takes for a formula; a telephone that begins with a plus stays as it is. */
const harmless = (cell: string): string =>
  /^[=@\t\r]/.test(cell) || (/^[+-]/.test(cell) && !/^[+-][\d() -]*$/.test(cell)) ? `'${cell}` : cell;

const written = (cell: string, separator: string): string => {
  const text = harmless(cell);
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The header and the failed rows, with the reason in a column of its own: UTF-8 with a mark, which spreadsheets know. */
export function failedRows(bytes: ArrayBuffer, failed: FailedRow[]): string {
  const lines = decoded(bytes).split(/\r\n|\r|\n/);
  const header = lines.find((line) => line.trim() !== '') ?? '';
  const separator = header.includes(';') ? ';' : ',';
  const columns = cellsOf(header, separator);
  const reasonAt = columns.findIndex((name) => name.trim().toLowerCase() === REASON);
  const row = (cells: string[], reason: string) =>
    [...cells.filter((_, at) => at !== reasonAt), reason].map((cell) => written(cell, separator)).join(separator);
  const rows = failed.map(({ line, last_line, reason }) =>
    row(cellsOf(lines.slice(line - 1, last_line).join('\n'), separator), reason),
  );
  return `\uFEFF${[row(columns, REASON), ...rows].join('\r\n')}\r\n`;
}
