import { UserError } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { lpsFrom, named, type NamedPosition, type ReadPositions } from './named-positions.js'

/** What the columns are where a file does not say so (3D Slicer 4 and 5). */
const usualColumns = 'id,x,y,z,ow,ox,oy,oz,vis,sel,lock,label,desc,associatedNodeID'
/** Older files number the coordinate systems. */
const systemNumbers: Readonly<Record<string, string>> = { '0': 'RAS', '1': 'LPS', '2': 'IJK' }

/** The points of 3D Slicer's `.fcsv`. Errors: `geometry-missing`, `format-unsupported`, `values-invalid`, `input-invalid`. */
export function parseFcsv(text: string, file: string): ReadPositions {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const header = (key: string): string | undefined => {
    const pattern = new RegExp(`^#\\s*${key}\\s*=\\s*(.*)$`, 'i')
    return lines.map((line) => pattern.exec(line)?.[1].trim()).find((value) => value !== undefined)
  }
  const stated = header('CoordinateSystem') ?? ''
  const toLps = lpsFrom(systemNumbers[stated] ?? stated, file)
  const columns = (header('columns') ?? usualColumns).split(',').map((name) => name.trim().toLowerCase())
  const rows = lines.filter((line) => !line.startsWith('#')).map(cellsOf)
  const points = rows.map((cells, index): NamedPosition => {
    const cell = (column: string): string => cells[columns.indexOf(column)] ?? ''
    const coordinate = (column: string): number => {
      const value = cell(column).trim() === '' ? NaN : Number(cell(column))
      if (Number.isFinite(value)) return value
      throw new UserError('values-invalid', `"${file}": ${column} of point ${index + 1} is not a number.`)
    }
    const position: Vector3 = [coordinate('x'), coordinate('y'), coordinate('z')]
    return { name: cell('label'), position: toLps(position) }
  })
  return { points: named(points, file), notes: [] }
}

/** The cells of one line; quoted ones may hold commas, and quotes doubled. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
  )
}

/** `.fcsv` as 3D Slicer 5 writes it, in LPS. */
export function fcsvText(points: readonly NamedPosition[]): string {
  const cell = (name: string): string => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
  return [
    '# Markups fiducial file version = 5.0',
    '# CoordinateSystem = LPS',
    `# columns = ${usualColumns}`,
    ...points.map(
      ({ name, position }, index) => `${index + 1},${position.join(',')},0,0,0,1,1,1,0,${cell(name)},,`,
    ),
    '',
  ].join('\n')
}
