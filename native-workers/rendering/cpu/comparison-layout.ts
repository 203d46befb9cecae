import { type Pointer, type SharedArena } from './shared-arena.js'

export const comparisonBytes = 15 * 4
export const cellBytes = 74 * 4
export const windowSumsDoubles = 29

export const pictureFilter = { none: 0, sobelX: 1, sobelY: 2 } as const
export type PictureFilter = keyof typeof pictureFilter

/** One windowed comparison of a job's picture with its target; the fields of comparison.h. */
export interface Comparison {
  readonly job: Pointer
  readonly filter: PictureFilter
  /** Edge of a cell in pixels (a window is 3x3 cells); 0: one window over the whole picture. */
  readonly cellPixels: number
  readonly columns: number
  readonly rows: number
  readonly cells: Pointer
  readonly windowRows: Pointer
  readonly target: Pointer
  readonly targetValid: Pointer
  readonly meanTarget: number
  readonly meanImage: number
  readonly epsilonTarget: number
  readonly epsilonImage: number
  readonly robustScale: number
  readonly minValidFraction: number
}

export function writeComparison(arena: SharedArena, pointer: Pointer, c: Comparison): void {
  const words = arena.words(pointer, comparisonBytes / 4)
  const floats = arena.floats(pointer, comparisonBytes / 4)
  words.set([
    c.job,
    pictureFilter[c.filter],
    c.cellPixels,
    c.columns,
    c.rows,
    c.cells,
    c.windowRows,
    c.target,
  ])
  words[8] = c.targetValid
  floats.set(
    [c.meanTarget, c.meanImage, c.epsilonTarget, c.epsilonImage, c.robustScale, c.minValidFraction],
    9,
  )
}

/** Cells of a picture and rows of windows for a cell size; the global window has one cell per row. */
export function cellGrid(width: number, height: number, cellPixels: number) {
  const columns = cellPixels === 0 ? 1 : Math.floor(width / cellPixels)
  const rows = cellPixels === 0 ? height : Math.floor(height / cellPixels)
  const windowRows = cellPixels === 0 ? 1 : Math.max(0, rows - 2)
  return { columns, rows, windowRows }
}
