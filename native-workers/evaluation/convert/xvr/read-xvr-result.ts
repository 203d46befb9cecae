import { UserError } from '../../../contract/errors.js'
import { type DiffdrrOrientation } from '../../../geometry/adapters/diffdrr.js'
import { tableOf } from '../../../imaging/torch-file/names/pandas.js'
import { openTorchFile, type TorchFile } from '../../../imaging/torch-file/open-torch-file.js'
import { pythonDictionary, type PythonDictionary } from '../python-dictionary.js'
import { type XvrResult, type XvrTrajectoryPoint } from './xvr-result.js'

/**
 * Reads a registration of xvr in either of its layouts (specification §4.5). Errors: those of `openTorchFile`,
 * `format-unknown` (another kind of file), `file-unreadable`, `geometry-invalid`.
 */
export async function readXvrResult(path: string): Promise<XvrResult> {
  const file = await openTorchFile(path)
  const root = pythonDictionary(file.root, file)
  if (root.has('drr') && root.has('init_pose')) return readMainLayout(root, file)
  if (root.has('detector') && root.has('init_pose')) return readNewestLayout(root, file)
  throw new UserError(
    'format-unknown',
    `"${file.name}" is not a registration of xvr: "init_pose" with "drr" or "detector" is absent.`,
    'isocenter inspect shows what it holds.',
  )
}

async function readMainLayout(root: PythonDictionary, file: TorchFile): Promise<XvrResult> {
  const drr = root.dictionary('drr')
  const xray = root.dictionary('xray')
  const optimization = root.has('optimization') ? root.dictionary('optimization') : undefined
  return {
    layout: 'parameters.pt',
    isDisplaced: root.text('type') !== 'isocenter',
    volumePath: drr.text('volume'),
    maskPath: drr.text('mask'),
    labels: labelList(drr.value('labels')),
    orientation: orientationOf(drr, file),
    reverseXAxis: drr.truth('reverse_x_axis') ?? false,
    detector: detectorOf(drr),
    detectorOffsetMm: [drr.number('x0'), drr.number('y0')],
    xray: {
      path: xray.text('filename'),
      crop: xray.number('crop'),
      subtractBackground: xray.truth('subtract_background'),
      linearize: xray.truth('linearize'),
      frame: frameOf(xray.value('reducefn')),
    },
    posteriorFootToAnteriorFoot: root.truth('pf_to_af') ?? false,
    initial: await requiredPose(root, file),
    final: await root.rigid('final_pose'),
    scales: numberList(optimization?.value('scales')),
    trajectory: await trajectoryOf(root.value('trajectory'), file),
    runtimeSeconds: root.optionalNumber('runtime'),
  }
}

async function readNewestLayout(root: PythonDictionary, file: TorchFile): Promise<XvrResult> {
  const detector = root.dictionary('detector')
  const log = root.value('log') === null ? undefined : root.dictionary('log')
  return {
    layout: 'newest .pth',
    isDisplaced: false,
    volumePath: undefined,
    maskPath: undefined,
    labels: [],
    orientation: undefined,
    reverseXAxis: detector.truth('reverse_x_axis') ?? false,
    detector: detectorOf(detector),
    detectorOffsetMm:
      detector.has('x0') && detector.has('y0') ? [detector.number('x0'), detector.number('y0')] : undefined,
    xray: {
      path: undefined,
      crop: undefined,
      subtractBackground: undefined,
      linearize: undefined,
      frame: undefined,
    },
    posteriorFootToAnteriorFoot: false,
    initial: await requiredPose(root, file),
    final: await root.rigid('final_pose'),
    scales: log === undefined ? [] : [...new Set(numberList(log.value('scales')))],
    trajectory: log === undefined ? [] : await loggedTrajectory(log),
    runtimeSeconds: root.optionalNumber('runtime'),
  }
}

function detectorOf(drr: PythonDictionary): XvrResult['detector'] {
  return {
    sddMm: drr.number('sdd'),
    height: drr.number('height'),
    width: drr.number('width'),
    delxMm: drr.number('delx'),
    delyMm: drr.number('dely'),
  }
}

async function requiredPose(root: PythonDictionary, file: TorchFile) {
  const pose = await root.rigid('init_pose')
  if (pose === undefined) throw new UserError('file-unreadable', `"${file.name}" has no initial pose.`)
  return pose
}

function orientationOf(drr: PythonDictionary, file: TorchFile): DiffdrrOrientation {
  const text = drr.text('orientation')
  if (text === 'AP' || text === 'PA') return text
  if (text === undefined) return 'none'
  throw new UserError('format-unsupported', `"${file.name}" has the unknown orientation "${text}".`)
}

/** xvr takes labels as a list or as "1,2,3". */
function labelList(value: unknown): readonly number[] {
  return typeof value === 'string' ? value.split(',').map(Number) : numberList(value)
}

function numberList(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map(Number).filter((each) => Number.isFinite(each)) : []
}

const frameOf = (value: unknown): string | number | undefined =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined

/** A pandas table, or a dictionary of columns; a stage begins where the learning rate rises. */
async function trajectoryOf(value: unknown, file: TorchFile): Promise<XvrTrajectoryPoint[]> {
  const table = tableOf(value)
  if (table === undefined && !(value instanceof Map)) return []
  const source =
    table === undefined ? value : new Map(table.columns.map(({ name, values }) => [name, values]))
  const columns = pythonDictionary(source, file, '"trajectory"')
  const [r1, r2, r3] = [await columns.numbers('r1'), await columns.numbers('r2'), await columns.numbers('r3')]
  const [tx, ty, tz] = [await columns.numbers('tx'), await columns.numbers('ty'), await columns.numbers('tz')]
  const similarity = await columns.numbers('ncc')
  const times = columns.has('times') ? await columns.numbers('times') : r1.map(() => 0)
  const rates = columns.has('lr_rot') ? await columns.numbers('lr_rot') : r1.map(() => 0)
  let [stage, seconds] = [0, 0]
  return r1.map((_, row) => {
    // The first row is the start; rates fall within a stage and rise again at the next.
    if (row > 1 && rates[row] > rates[row - 1]) stage++
    seconds += times[row]
    return {
      stage,
      anglesRad: [r1[row], r2[row], r3[row]],
      translationMm: [tx[row], ty[row], tz[row]],
      similarity: similarity[row],
      seconds,
    }
  })
}

/** The newest layout logs the pose after each iteration, with the scale it was made at. */
async function loggedTrajectory(log: PythonDictionary): Promise<XvrTrajectoryPoint[]> {
  const [rotations, translations] = [await log.numbers('rots'), await log.numbers('xyzs')]
  const similarity = await log.numbers('losses')
  const scales = await log.numbers('scales')
  const count = similarity.length
  // Another parameterization than Euler angles has other numbers of components.
  if (rotations.length !== 3 * count || translations.length !== 3 * count) return []
  let stage = 0
  return similarity.map((value, row) => {
    if (row > 0 && scales[row] !== scales[row - 1]) stage++
    const at = 3 * row
    return {
      stage,
      anglesRad: [rotations[at], rotations[at + 1], rotations[at + 2]],
      translationMm: [translations[at], translations[at + 1], translations[at + 2]],
      similarity: value,
      seconds: 0,
    }
  })
}
