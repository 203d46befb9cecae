import type { Camera } from '../../../native-workers/contract/files/camera.js'
import type { CameraSource } from '../../../native-workers/contract/operations/sources.js'
import { sourceToDetectorMm } from '../../geometry/camera.js'
import type { OpenedXray } from '../../stores/xrays.js'
import { stem } from '../../points/stem.js'
import { text } from '../../text/en.js'
import { option, type CommandLine } from '../shared/command-line.js'
import { joinPath } from '../shared/paths.js'

type CommandXray = Pick<OpenedXray, 'source' | 'cameraSource' | 'camera'> & {
  readonly opened: Pick<OpenedXray['opened'], 'format'>
}

const none = (reason: string): CommandLine => ({ kind: 'none', reason })
/** Enough digits that the same number is read back. */
const number = (value: number): string => String(Number(value.toPrecision(12)))

/** Writes the shown distance and pitch into a copy of a DICOM file. */
export function dicomSetCommand(xray: CommandXray, folder: string | null): CommandLine {
  const words = text.xrayStep.commands
  const { camera, opened, source } = xray
  if (!opened.format.toUpperCase().startsWith('DICOM')) return none(words.noDicom)
  if (camera === null) return none(words.noCamera)
  const sddMm = sourceToDetectorMm(camera)
  const pitch = camera.pixelSpacingMm
  if (sddMm === null || pitch === undefined) return none(words.noPitch)
  if (folder === null) return none(words.noFolder)
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'dicom', 'set', source.path],
      ...['--sdd', number(sddMm), '--pixel-spacing', pitch.map(number).join(',')],
      ...['--out', joinPath(folder, `${stem(source.path)}-geometry.dcm`)],
    ],
  }
}

/** Mirrors the X-ray with its camera. */
export function mirrorCommand(xray: CommandXray, folder: string | null): CommandLine {
  const words = text.xrayStep.commands
  const { camera, cameraSource, source } = xray
  if (camera === null) return none(words.noCamera)
  if (folder === null) return none(words.noFolder)
  const cameraWords = cameraOptions(cameraSource)
  if (cameraWords === null) return none(words.carmNotTags)
  return {
    kind: 'command',
    words: [
      ...['isocenter', 'xray', 'mirror', source.path, ...cameraWords],
      ...option('--frame', source.frame, 0),
      ...['--out', folder],
    ],
  }
}

/** The camera as the command line takes it; null where its numbers can't say it. */
function cameraOptions(source: CameraSource | undefined): string[] | null {
  if (source === undefined) return []
  if (source.kind === 'file') return ['--camera', source.path]
  if (source.kind === 'numbers') {
    return [
      ...option('--sdd', source.sddMm),
      ...option('--pixel-spacing', source.pixelSpacingMm?.map(number).join(',')),
      ...option('--principal-point', source.principalPoint?.map(number).join(',')),
    ]
  }
  return numbersOf(source.camera)
}

function numbersOf(camera: Camera): string[] | null {
  const sddMm = sourceToDetectorMm(camera)
  const pitch = camera.pixelSpacingMm
  const [[fx, skew, cu], [, fy, cv]] = camera.intrinsics
  const isAlone = camera.cameraFromWorld.every((row, i) =>
    row.every((value, j) => value === (i === j ? 1 : 0)),
  )
  if (sddMm === null || pitch === undefined || !isAlone || skew !== 0) return null
  // One distance stands for both focal lengths.
  if (Math.abs(fx * pitch[0] - fy * pitch[1]) > 1e-6 * sddMm) return null
  return [
    ...['--sdd', number(sddMm), '--pixel-spacing', pitch.map(number).join(',')],
    ...['--principal-point', [cu, cv].map(number).join(',')],
  ]
}
