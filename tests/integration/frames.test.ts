import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { pointsSchema } from '../../native-workers/contract/files/points.js'
import { type Vector3 } from '../../native-workers/contract/matrix.js'
import { phantomOutputSchema, type PhantomOutput } from '../../native-workers/contract/operations/phantom.js'
import { registerSequenceOutputSchema } from '../../native-workers/contract/operations/register-sequence.js'
import { meanTargetError } from '../support/simulated-scene.js'
import { trueFramePose, writePhantomRecording } from '../support/phantom-recording.js'
import { expectRefusal, isocenter, isocenterSucceeds } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
let phantom: PhantomOutput
let film: Awaited<ReturnType<typeof writePhantomRecording>>
beforeAll(async () => {
  const argv = ['phantom', '--out', scratch('phantom'), '--voxel-size', '4', '--json']
  phantom = phantomOutputSchema.parse(JSON.parse((await isocenterSucceeds(argv)).stdout))
  film = await writePhantomRecording(scratch('film'), { frames: 3, side: 128 })
})

/** Starts at the true pose of frame 0; every frame has moved by 5 mm and turned by 2 degrees since the one before. */
const register = () => [
  ...['register', film.xray, '--volume', phantom.volume, '--camera', film.camera, '--linearize'],
  ...['--frames', 'all', '--init', 'fixed', '--pose', phantom.views[0]?.truth ?? ''],
  ...['--finish', 'standard', '--confidence', 'none', '--out', scratch('motion')],
]

describe('the frames of a recording', () => {
  it('are registered one after the other, also over an interruption', async () => {
    const interrupted = await isocenter(register(), (stderr, interrupt) => {
      if (stderr.includes('Frame 1 ')) interrupt()
    })
    expect(interrupted, interrupted.stderr).toMatchObject({ exitCode: 130, stdout: '' })
    expect(interrupted.stderr).toContain('1 of 3 frames is done and kept')
    expect(await readdir(scratch('motion'))).toEqual(['frame-0000'])

    const { stdout } = await isocenterSucceeds([...register(), '--json'])
    const { sequence, keptFrames } = registerSequenceOutputSchema.parse(JSON.parse(stdout))
    expect(keptFrames).toEqual([0])
    expect(sequence.frames.map(({ frame }) => frame)).toEqual([0, 1, 2])
    const points = await landmarks()
    for (const { frame, worldFromVolume } of sequence.frames) {
      expect(meanTargetError(points, worldFromVolume, trueFramePose(frame))).toBeLessThan(2)
    }
  })

  it('are not replaced by those of other settings', async () => {
    const run = await isocenter([...register(), '--metric', 'ncc'])
    expectRefusal(run, 16, /already holds a registration/)
  })
})

async function landmarks(): Promise<readonly Vector3[]> {
  const { points } = pointsSchema.parse(JSON.parse(await readFile(phantom.landmarks, 'utf8')))
  return points.map(({ position }) => position)
}
