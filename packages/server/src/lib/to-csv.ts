export type CsvCell = string | number | null

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** For spreadsheets (RFC 4180, UTF-8 with its mark): text stays text, numbers are raw. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `${CSV_MARK}${csvLines(rows)}`
}

/** What a file begins with, so that spreadsheets take it for UTF-8. */
export const CSV_MARK = '\uFEFF'

/** A part of a file that is sent piece by piece. */
export const csvLines = (rows: readonly (readonly CsvCell[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

function cell(value: CsvCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
