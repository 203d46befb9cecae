import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { poseSchema } from '../../contract/files/pose.js'
import { transformPoseInputSchema } from '../../contract/operations/transform-pose.js'
import { affine, invertRigid, maxDifference, multiply4 } from '../../geometry/matrix.js'
import { reflectionOfX } from '../../geometry/mirrored-camera.js'
import { rotationFromVector } from '../../geometry/rigid.js'
import { quietContext } from '../testing/quiet-context.js'
import { temporaryFolder } from '../testing/temporary-folder.js'
import { transformPose } from './transform-pose.operation.js'
import { writeTransformFile } from './write-transform.js'

const folder = temporaryFolder({ beforeAll, afterAll })
const worldFromTemplate = affine(rotationFromVector([0.3, -1.2, 0.4]), [30, -20, 900])
const patientFromTemplate = affine(rotationFromVector([-0.5, 0.2, 0.9]), [120, -300, 55])

const run = (changes: object = {}) =>
  transformPose(
    transformPoseInputSchema.parse({
      worldFromTemplate,
      warp: { path: folder.file('warp.tfm') },
      outputPath: folder.file('case.pose.json'),
      ...changes,
    }),
    quietContext(),
  )

beforeAll(() => writeTransformFile(folder.file('warp.tfm'), patientFromTemplate))

describe('transformPose', () => {
  it('writes the pose of the patient’s volume, once', async () => {
    const { worldFromVolume, isUpToDate, warnings } = await run()
    expect(isUpToDate).toBe(false)
    expect(warnings).toEqual([])
    const expected = multiply4(worldFromTemplate, invertRigid(patientFromTemplate))
    expect(maxDifference(worldFromVolume, expected)).toBeLessThan(1e-9)
    const written = poseSchema.parse(JSON.parse(await readFile(folder.file('case.pose.json'), 'utf8')))
    expect(written.worldFromVolume).toEqual(worldFromVolume)
    expect((await run()).isUpToDate).toBe(true)
    expect((await run({ warp: { path: folder.file('warp.tfm'), invert: true } })).isUpToDate).toBe(false)
  })

  it('comes back from mirrored data as a rigid pose, and says so', async () => {
    const originalFromMirrored = multiply4(
      patientFromTemplate,
      reflectionOfX,
      invertRigid(patientFromTemplate),
    )
    await writeTransformFile(folder.file('mirror.tfm'), originalFromMirrored)
    const output = await run({
      warp: { path: folder.file('mirror.tfm') },
      outputPath: folder.file('mirror.pose.json'),
    })
    expect(output).toMatchObject({ isMirror: true, warnings: [expect.stringContaining('mirrors')] })
    const back = multiply4(reflectionOfX, output.worldFromVolume, originalFromMirrored)
    expect(maxDifference(back, worldFromTemplate)).toBeLessThan(1e-9)
  })

  it('refuses a pose that is not rigid, another ending and a missing transform', async () => {
    await expect(run({ worldFromTemplate: reflectionOfX })).rejects.toMatchObject({
      code: 'geometry-invalid',
    })
    await expect(run({ outputPath: folder.file('case.json') })).rejects.toMatchObject({
      code: 'input-invalid',
    })
    await expect(run({ warp: { path: folder.file('none.tfm') } })).rejects.toMatchObject({
      code: 'file-not-found',
    })
  })
})
