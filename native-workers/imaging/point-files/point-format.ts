/** The kinds of point files, by their names. */
export type PointFormat = 'own' | 'markups' | 'fcsv'

/** `.fcsv` and `.mrk.json` are 3D Slicer's; anything else is taken for the program's own JSON. */
export function pointFormat(path: string): PointFormat {
  const name = path.toLowerCase()
  if (name.endsWith('.fcsv')) return 'fcsv'
  return name.endsWith('.mrk.json') ? 'markups' : 'own'
}
