import { readFile, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { imagePointsSchema } from '../../native-workers/contract/files/points.js'
import { poseSchema } from '../../native-workers/contract/files/pose.js'
import { phantomOutputSchema, type PhantomOutput } from '../../native-workers/contract/operations/phantom.js'
import { poseFromPointsOutputSchema } from '../../native-workers/contract/operations/points.js'
import { expectRefusal, isocenter, isocenterSucceeds } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
let phantom: PhantomOutput
beforeAll(async () => {
  const argv = ['phantom', '--out', scratch('phantom'), '--voxel-size', '5', '--json']
  phantom = phantomOutputSchema.parse(JSON.parse((await isocenterSucceeds(argv)).stdout))
})

function fromPoints(imagePoints: readonly string[], out: string): readonly string[] {
  const cameras = phantom.views.map(({ camera }) => camera).slice(0, imagePoints.length)
  return [
    ...['pose', 'from-points', phantom.landmarks, '--image-points', ...imagePoints],
    ...['--camera', ...cameras, '--out', out],
  ]
}

/** mTRE of a pose file against the phantom's truth, mm, as the command line tells it. */
async function errorMm(pose: string): Promise<number> {
  const { stdout } = await isocenterSucceeds([
    ...['evaluate-pose', pose, '--truth', phantom.views[0]?.truth ?? ''],
    ...['--points', phantom.landmarks, '--json'],
  ])
  return z.object({ mTreMm: z.number() }).parse(JSON.parse(stdout)).mTreMm
}

describe('pose from-points', () => {
  it('finds the true pose from one X-ray and from two, and writes it down', async () => {
    for (const count of [1, 2]) {
      const out = scratch(`from ${count}.pose.json`)
      const marked = phantom.views.slice(0, count).map(({ landmarks }) => landmarks)
      await isocenterSucceeds(fromPoints(marked, out))
      poseSchema.parse(JSON.parse(await readFile(out, 'utf8')))
      expect(await errorMm(out)).toBeLessThan(0.01)
    }
  })

  it('leaves out a point that contradicts the others, and names it', async () => {
    const [first] = phantom.views
    const { points, ...file } = imagePointsSchema.parse(
      JSON.parse(await readFile(first?.landmarks ?? '', 'utf8')),
    )
    const [wrong, ...others] = points
    const moved = scratch('moved.image-points.json')
    const misplaced = { name: wrong?.name, pixel: [(wrong?.pixel[0] ?? 0) + 60, wrong?.pixel[1]] }
    await writeFile(moved, JSON.stringify({ ...file, points: [misplaced, ...others] }))
    const out = scratch('robust.pose.json')
    const { stdout } = await isocenterSucceeds([...fromPoints([moved], out), '--json'])
    const { residuals } = poseFromPointsOutputSchema.parse(JSON.parse(stdout))
    expect(residuals.filter(({ inlier }) => !inlier).map(({ name }) => name)).toEqual([wrong?.name])
    expect(await errorMm(out)).toBeLessThan(0.01)
  })

  it('refuses too few points with a sentence', async () => {
    const few = scratch('few.image-points.json')
    const file = imagePointsSchema.parse(
      JSON.parse(await readFile(phantom.views[0]?.landmarks ?? '', 'utf8')),
    )
    await writeFile(few, JSON.stringify({ ...file, points: file.points.slice(0, 3) }))
    const run = await isocenter(fromPoints([few], scratch('few.pose.json')))
    expectRefusal(run, 2, /three|four|3|4/i)
  })
})
