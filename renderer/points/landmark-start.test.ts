import { describe, expect, it } from 'vitest'
import { landmarkFiles, missingForPose } from './landmark-start.js'
import { withNew, withPixel, withPosition, type PointPair } from './point-pairs.js'

function placed(count: number, xrayIds: readonly number[]): readonly PointPair[] {
  let pairs: readonly PointPair[] = []
  for (let id = 1; id <= count; id++) {
    pairs = withPosition(withNew(pairs), id, [id, id * id, 0])
    for (const xrayId of xrayIds) pairs = withPixel(pairs, id, xrayId, [id, xrayId])
  }
  return pairs
}

describe('a start from points', () => {
  it('needs four pairs in one X-ray, or three that two X-rays see', () => {
    expect(missingForPose(placed(4, [1]), [1])).toBeNull()
    expect(missingForPose(placed(3, [1]), [1])).toMatch(/4 points.*3/)
    expect(missingForPose(placed(3, [1, 2]), [1, 2])).toBeNull()
    expect(missingForPose(placed(4, [2]), [1])).toMatch(/0/)
    expect(missingForPose([], [1])).toMatch(/0/)
  })

  it('names the halves that are missing', () => {
    const pairs = withPixel(withNew(withPosition(withNew([]), 1, [0, 0, 0])), 2, 1, [5, 5])
    expect(missingForPose(pairs, [1])).toMatch(/P1/)
    expect(missingForPose(pairs, [1])).toMatch(/P2/)
  })

  it('gives the halves in the order of the X-rays', () => {
    const files = landmarkFiles(placed(2, [1, 2]), [2, 1])
    expect(files.points3d.points).toHaveLength(2)
    expect(files.points2d.map(({ points }) => points[0]?.pixel)).toEqual([
      [1, 2],
      [1, 1],
    ])
  })
})
