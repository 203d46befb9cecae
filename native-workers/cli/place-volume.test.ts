import { describe, expect, it } from 'vitest'
import { cameraFromDiffdrr } from '../geometry/adapters/diffdrr.js'
import { projectPoint } from '../geometry/camera.js'
import { transformPoint, translation4 } from '../geometry/matrix.js'
import { type DiffdrrPose } from './options/pose-options.js'
import { placeByDiffdrr } from './place-volume.js'

/** DiffDRR's own figures for this detector (its pixel centres lie at halves, its world is RAS about the isocentre). */
const detector = { sddMm: 1020, height: 200, width: 200, delxMm: 2, delyMm: 2, x0Mm: 0, y0Mm: 0 }
const pose: DiffdrrPose = {
  kind: 'diffdrr',
  rotationDeg: [0, 0, 0],
  translationMm: [0, 850, 0],
  orientation: 'AP',
  reverseXAxis: false,
}
const isocentreMm = [11, -22, 33] as const

function columnAndRow(reverseXAxis: boolean, cameraFromWorld = translation4([0, 0, 0])) {
  const side = { ...pose, reverseXAxis }
  const camera = {
    ...cameraFromDiffdrr(detector, { orientation: 'AP', reverseXAxis: true }),
    cameraFromWorld,
  }
  const placed = placeByDiffdrr(side, camera, isocentreMm)
  const rasPoint = [20, -30, 10] as const
  const lpsPoint = [-rasPoint[0] + 11, -rasPoint[1] - 22, rasPoint[2] + 33] as const
  const { pixel } = projectPoint(placed.camera, transformPoint(placed.worldFromVolume, lpsPoint))
  return { ...placed, column: placed.mirroredColumns ? 199 - pixel[0] : pixel[0], row: pixel[1] }
}

describe('placeByDiffdrr', () => {
  it('agrees with DiffDRR where the picture is seen from the detector', () => {
    const { mirroredColumns, column, row } = columnAndRow(false)
    expect(mirroredColumns).toBe(true)
    expect(column + 0.5).toBeCloseTo(111.5909, 4)
    expect(row + 0.5).toBeCloseTo(94.2045, 4)
  })

  it('agrees with DiffDRR where it is seen from the source', () => {
    const { mirroredColumns, column, row } = columnAndRow(true)
    expect(mirroredColumns).toBe(false)
    expect(column + 0.5).toBeCloseTo(200 - 111.5909, 4)
    expect(row + 0.5).toBeCloseTo(94.2045, 4)
  })

  it("keeps to the given camera's place in the world", () => {
    const { column, row } = columnAndRow(true, translation4([100, -50, 25]))
    expect(column + 0.5).toBeCloseTo(200 - 111.5909, 4)
    expect(row + 0.5).toBeCloseTo(94.2045, 4)
  })
})
