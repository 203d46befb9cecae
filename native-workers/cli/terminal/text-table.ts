/** Rows as aligned columns under their header; numbers are set to the right. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = [header, ...rows].map((row) => row.map(String))
  const columns = header.map((_, column) => {
    const isNumeric = rows.every((row) => /^(-?[\d.]+(e[-+]?\d+)?)?$/.test(String(row[column] ?? '')))
    return { width: Math.max(...lines.map((line) => (line[column] ?? '').length)), isNumeric }
  })
  const lineText = (line: readonly string[]) =>
    columns
      .map(({ width, isNumeric }, column) => {
        const cell = line[column] ?? ''
        return isNumeric ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd()
  return lines.map((line) => `${lineText(line)}\n`).join('')
}
