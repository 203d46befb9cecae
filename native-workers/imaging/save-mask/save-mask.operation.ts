import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, UserError } from '../../contract/errors.js'
import { type SaveMaskInput, type SaveMaskOutput } from '../../contract/operations/save-mask.js'
import { type Operation } from '../../contract/progress.js'
import { outputError } from '../atomic-write.js'
import { writePng } from '../write-picture.js'

/**
 * Writes the mask of an X-ray as a PNG that `maskPath` of an X-ray source takes: 255 where a pixel counts, else 0. The
 * name is the first free one of `name-mask-1.png`, `name-mask-2.png`, … Errors: `values-invalid` (nothing is left),
 * `output-unwritable`, `cancelled`.
 */
export const saveMask: Operation<SaveMaskInput, SaveMaskOutput> = async (input, { signal }) => {
  const { folder, name, width, height, valid } = input
  const count = valid.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0)
  if (count === 0) {
    throw new UserError('values-invalid', 'The mask leaves no pixel of the X-ray.', 'Leave a part of it.')
  }
  throwIfCancelled(signal)
  const path = join(folder, await freeName(folder, name))
  await writePng(path, { width, height, pixels: valid.map((value) => (value > 0 ? 255 : 0)) })
  return { path, validPixelFraction: count / valid.length }
}

async function freeName(folder: string, name: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true })
    const taken = new Set(await readdir(folder))
    for (let number = 1; ; number++) {
      const candidate = `${name}-mask-${number}.png`
      if (!taken.has(candidate)) return candidate
    }
  } catch (error) {
    throw outputError(error, folder)
  }
}
