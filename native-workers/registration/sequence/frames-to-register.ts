import { basename } from 'node:path'
import { UserError } from '../../contract/errors.js'
import { type RegisterInput } from '../../contract/operations/register.js'
import { type RegisterSequenceInput } from '../../contract/operations/register-sequence.js'
import { readXray } from '../../imaging/read-xray.js'

/**
 * The indices of the frames in the order of the work; every view must have them. Errors: those of `readXray`;
 * `input-invalid` for frames that do not exist or are named twice, and for views of different lengths.
 */
export async function framesToRegister(
  views: RegisterInput['views'],
  frames: RegisterSequenceInput['frames'],
): Promise<readonly number[]> {
  const counts: number[] = []
  for (const { xray } of views) counts.push((await readXray(xray.path, 0)).tags.frames)
  const names = views.map(({ xray }) => basename(xray.path))
  if (frames === 'all') {
    const other = counts.findIndex((count) => count !== counts[0])
    if (other < 0) return Array.from({ length: counts[0] }, (_, frame) => frame)
    throw new UserError(
      'input-invalid',
      `"${names[0]}" has ${counts[0]} frames and "${names[other]}" ${counts[other]}: which belong together is not known.`,
      'Name the frames.',
    )
  }
  for (const [index, count] of counts.entries()) {
    const absent = frames.find((frame) => frame >= count)
    if (absent === undefined) continue
    throw new UserError(
      'input-invalid',
      `"${names[index]}" has ${count} ${count === 1 ? 'frame' : 'frames'}, so there is no frame ${absent}.`,
      `Frames count from 0 to ${count - 1}.`,
    )
  }
  const twice = frames.find((frame, index) => frames.indexOf(frame) !== index)
  if (twice === undefined) return frames
  throw new UserError('input-invalid', `Frame ${twice} is named twice.`)
}
