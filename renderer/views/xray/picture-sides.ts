import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { lettersAtEdges } from './orientation-letters.js'

/** What can be said of how a picture shows the patient; each is a fact of the present camera, pose and file. */
export type SideNote =
  /** The source lies behind the patient: the patient's left is on the left. */
  | { readonly kind: 'left-on-left' }
  /** The file says otherwise than camera and pose: the picture is mirrored, or turned by half a turn. */
  | { readonly kind: 'mirrored' | 'turned'; readonly file: string; readonly pose: string }

const opposites: Readonly<Record<string, string>> = { L: 'R', R: 'L', A: 'P', P: 'A', S: 'I', I: 'S' }

/**
 * The main directions of DICOM's Patient Orientation (0020,0020), "L\F" or "LA\FP": towards the right and towards the
 * bottom of the picture. Null where it is silent or not written so.
 */
export function statedDirections(patientOrientation: string | undefined): readonly [string, string] | null {
  const parts = (patientOrientation ?? '').trim().toUpperCase().split('\\')
  const [right, bottom] = parts.map((part) => {
    const [letter = ''] = part.trim()
    return letter === 'H' ? 'S' : letter === 'F' ? 'I' : letter
  })
  const isKnown = (letter: string | undefined): letter is string =>
    letter !== undefined && letter in opposites
  return parts.length === 2 && isKnown(right) && isKnown(bottom) ? [right, bottom] : null
}

/** The notes on a picture that is seen through a camera. Where file and pose name other axes, nothing is known. */
export function sideNotes(
  cameraFromVolume: Matrix4,
  patientOrientation: string | undefined,
): readonly SideNote[] {
  const { left, right, bottom } = lettersAtEdges(cameraFromVolume)
  const notes: SideNote[] = left === 'L' ? [{ kind: 'left-on-left' }] : []
  const stated = statedDirections(patientOrientation)
  if (stated === null) return notes
  const [statedRight, statedBottom] = stated
  const disagrees = (file: string, pose: string): boolean => opposites[file] === pose
  const agrees = (file: string, pose: string): boolean => file === pose
  const words = { file: `${statedRight} ${statedBottom}`, pose: `${right} ${bottom}` }
  if (disagrees(statedRight, right) && disagrees(statedBottom, bottom)) {
    notes.push({ kind: 'turned', ...words })
  } else if (
    (disagrees(statedRight, right) && agrees(statedBottom, bottom)) ||
    (agrees(statedRight, right) && disagrees(statedBottom, bottom))
  ) {
    notes.push({ kind: 'mirrored', ...words })
  }
  return notes
}
