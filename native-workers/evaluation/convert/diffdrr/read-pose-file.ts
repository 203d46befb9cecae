import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { UserError } from '../../../contract/errors.js'
import { type Matrix4, type Vector3 } from '../../../contract/matrix.js'
import { inputError } from '../../../imaging/input-file.js'
import { openTorchFile } from '../../../imaging/torch-file/open-torch-file.js'
import { elementsOf, pythonDictionary, rigidOf } from '../python-dictionary.js'

/** DiffDRR's detector, as far as a file tells it. */
export interface Intrinsics {
  readonly sdd?: number | undefined
  readonly height?: number | undefined
  readonly width?: number | undefined
  readonly delx?: number | undefined
  readonly dely?: number | undefined
  readonly x0?: number | undefined
  readonly y0?: number | undefined
}

export type DiffdrrFile =
  | { readonly kind: 'pose'; readonly matrix: Matrix4; readonly intrinsics: Intrinsics }
  /** RAS mm from the volume's centre. */
  | { readonly kind: 'points'; readonly points: readonly Vector3[] }

const number = z.number().optional()
const jsonSchema = z.object({
  pose: z.union([z.array(z.array(z.number())), z.array(z.array(z.array(z.number()))).length(1)]),
  intrinsics: z
    .object({
      sdd: number,
      height: number,
      width: number,
      delx: number,
      dely: number,
      x0: number,
      y0: number,
    })
    .default({}),
})

/** Reads a pose with intrinsics, a pose alone, or fiducials. Errors: those of `openTorchFile`, `format-unknown`. */
export async function readDiffdrrFile(path: string): Promise<DiffdrrFile> {
  return path.toLowerCase().endsWith('.json') ? readJsonPose(path) : readTorchPose(path)
}

async function readTorchPose(path: string): Promise<DiffdrrFile> {
  const file = await openTorchFile(path)
  if (file.root instanceof Map) {
    const root = pythonDictionary(file.root, file)
    const matrix = root.has('pose') ? await root.rigid('pose') : undefined
    if (matrix === undefined) throw neither(path)
    const known = root.has('intrinsics') ? root.dictionary('intrinsics') : undefined
    const read = (key: string) => known?.optionalNumber(key)
    return {
      kind: 'pose',
      matrix,
      intrinsics: {
        sdd: read('sdd'),
        height: read('height'),
        width: read('width'),
        delx: read('delx'),
        dely: read('dely'),
        x0: read('x0'),
        y0: read('y0'),
      },
    }
  }
  const elements = await elementsOf(file.root, file)
  const numbers = elements?.filter((element) => typeof element === 'number') ?? []
  if (numbers.length === 0 || numbers.length !== elements?.length) throw neither(path)
  if (numbers.length === 16 && numbers.slice(12).join() === '0,0,0,1') {
    return { kind: 'pose', matrix: rigidOf(numbers, 'pose'), intrinsics: {} }
  }
  if (numbers.length % 3 !== 0) throw neither(path)
  return {
    kind: 'points',
    points: Array.from({ length: numbers.length / 3 }, (_, n) => [
      numbers[3 * n],
      numbers[3 * n + 1],
      numbers[3 * n + 2],
    ]),
  }
}

async function readJsonPose(path: string): Promise<DiffdrrFile> {
  const parsed = jsonSchema.safeParse(await readJson(path))
  if (!parsed.success) throw neither(path)
  return {
    kind: 'pose',
    matrix: rigidOf(parsed.data.pose.flat(2), 'pose'),
    intrinsics: parsed.data.intrinsics,
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError('file-unreadable', `"${basename(path)}" is not valid JSON.`)
    }
    throw inputError(error, path)
  }
}

function neither(path: string): UserError {
  return new UserError(
    'format-unknown',
    `"${basename(path)}" holds neither a pose ({pose, intrinsics}) nor positions of fiducials.`,
    'isocenter inspect shows what it holds.',
  )
}
