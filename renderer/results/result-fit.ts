import type { Camera } from '../../native-workers/contract/files/camera.js'
import { largestDifference } from '../geometry/math.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { inputPath, type ResultEntry } from './result-entry.js'

/** What is open, as far as a result has to do with it. */
export interface OpenInputs {
  /** Whether the result was made on the open CT; null while that is found out. */
  readonly fitsVolume: boolean | null
  readonly xrays: readonly { readonly path: string; readonly camera: Camera | null }[]
}

/** Cameras that differ by less show the same picture. */
const tolerance = 1e-6

function isSameCamera(a: Camera, b: Camera): boolean {
  const intrinsics = a.intrinsics.flat().map((value, n) => Math.abs(value - (b.intrinsics.flat()[n] ?? NaN)))
  return (
    Math.max(...intrinsics) < tolerance * a.imageSize.width &&
    largestDifference(a.cameraFromWorld, b.cameraFromWorld) < tolerance * 1000
  )
}

/** Why the views may not show what was registered, in words; nothing where they do. */
export function fitNotes(entry: ResultEntry, open: OpenInputs): readonly string[] {
  const words = text.results.fit
  const notes: string[] = []
  if (open.fitsVolume === null) notes.push(words.checking)
  if (open.fitsVolume === false) notes.push(words.otherVolume(fileName(inputPath(entry, 'volume') ?? '?')))
  for (const { state, path } of entry.inputs ?? []) {
    if (state === 'changed') notes.push(words.changed(fileName(path)))
    if (state === 'missing') notes.push(words.missing(fileName(path)))
  }
  if (open.fitsVolume !== true) return notes
  for (const [index, view] of entry.finished.result.views.entries()) {
    const path = inputPath(entry, `xray ${index + 1}`)
    const shown = open.xrays.find((xray) => xray.path === path)
    if (shown === undefined) notes.push(words.xrayNotOpen(fileName(view.xray)))
    else if (shown.camera === null || !isSameCamera(shown.camera, view.camera)) {
      notes.push(words.cameraDiffers(fileName(view.xray)))
    }
  }
  return notes
}
