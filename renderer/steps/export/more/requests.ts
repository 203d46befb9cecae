import type { AnimateOrbitInput } from '../../../../native-workers/contract/operations/animate-orbit.js'
import type { LabelSurfacesInput } from '../../../../native-workers/contract/operations/surface.js'
import type { WindowRequest } from '../../../../native-workers/contract/window/bridge.js'
import { text } from '../../../text/en.js'
import { option } from '../../shared/command-line.js'
import { joinPath } from '../../shared/paths.js'
import { missing, type Prepared } from '../../shared/prepared.js'
import type { ResultSituation } from '../../shared-result/result-step.js'

export type VideoFormat = 'gif' | 'mp4' | 'webm'

export interface ReportForm {
  readonly title: string
  readonly withFileNames: boolean
}
export const initialReport: ReportForm = { title: '', withFileNames: true }

export function prepareReport(
  { resultPath, outputFolder, caseName }: ResultSituation,
  { title, withFileNames }: ReportForm,
): Prepared<WindowRequest<'write-report'>> {
  const outputPath = joinPath(outputFolder, 'export', `${caseName}-report.pdf`)
  return { kind: 'ready', request: { resultPath, outputPath, title: title.trim(), withFileNames } }
}

export function reportCommand(request: WindowRequest<'write-report'>): readonly string[] {
  const { resultPath, outputPath, title, withFileNames } = request
  return [
    ...['isocenter', 'report', resultPath],
    ...option('--title', title, ''),
    ...(withFileNames === false ? ['--no-file-names'] : []),
    ...['--out', outputPath],
  ]
}

export interface OrbitForm {
  readonly format: VideoFormat
  readonly viewpoint: AnimateOrbitInput['viewpoint']
  readonly background: AnimateOrbitInput['background']
  /** Of one whole turn. */
  readonly seconds: number
}
export const initialOrbit: OrbitForm = {
  format: 'mp4',
  viewpoint: 'everything',
  background: 'dark',
  seconds: 6,
}
const orbitRate = 20

export function prepareOrbit(
  { resultPath, outputFolder, caseName }: ResultSituation,
  { format, viewpoint, background, seconds }: OrbitForm,
): Prepared<WindowRequest<'animate-orbit'>> {
  const outputPath = joinPath(outputFolder, 'export', `${caseName}-orbit.${format}`)
  const frames = Math.round(seconds * orbitRate)
  return { kind: 'ready', request: { resultPath, outputPath, viewpoint, background, frames } }
}

export function orbitCommand(request: WindowRequest<'animate-orbit'>): readonly string[] {
  const { resultPath, outputPath, viewpoint, background, frames } = request
  return [
    ...['isocenter', 'orbit', resultPath, '--out', outputPath],
    ...option('--viewpoint', viewpoint, 'everything'),
    ...option('--background', background, 'dark'),
    ...option('--frames', frames, 120),
  ]
}

export interface FramesForm {
  readonly format: VideoFormat
  /** Holds a folder with a result for each frame. */
  readonly folder: string | null
  readonly framesPerSecond: number
}
export const initialFrames: FramesForm = { format: 'mp4', folder: null, framesPerSecond: 10 }

export function prepareFrames(
  outputFolder: string | null,
  { format, folder, framesPerSecond }: FramesForm,
): Prepared<WindowRequest<'animate-frames'>> {
  if (folder === null) return missing(text.exporting.missing.frames)
  if (outputFolder === null) return missing(text.resultSteps.missing.folder)
  const name = folder.split(/[\\/]/).filter(Boolean).at(-1) ?? 'film'
  const outputPath = joinPath(outputFolder, 'export', `${name}-frames.${format}`)
  return { kind: 'ready', request: { resultPaths: [folder], outputPath, framesPerSecond } }
}

export function framesCommand(request: WindowRequest<'animate-frames'>): readonly string[] {
  const { resultPaths, outputPath, framesPerSecond } = request
  return [
    ...['isocenter', 'frames', ...resultPaths, '--out', outputPath],
    ...option('--fps', framesPerSecond, 10),
  ]
}

export interface SurfacesForm {
  readonly format: LabelSurfacesInput['format']
  readonly space: LabelSurfacesInput['space']
  readonly smoothing: number
  readonly maxTriangles: number
}
export const initialSurfaces: SurfacesForm = {
  format: 'stl',
  space: 'LPS',
  smoothing: 20,
  maxTriangles: 200_000,
}

/** The label map of the views; null without one. */
export interface ShownLabels {
  readonly path: string
  /** Those that are not hidden. */
  readonly structures: readonly number[]
  readonly isEdited: boolean
}

export function prepareSurfaces(
  outputFolder: string | null,
  labels: ShownLabels | null,
  { format, space, smoothing, maxTriangles }: SurfacesForm,
): Prepared<WindowRequest<'label-surfaces'>> {
  if (labels === null) return missing(text.exporting.missing.labels)
  if (labels.isEdited) return missing(text.exporting.missing.savedLabels)
  if (labels.structures.length === 0) return missing(text.exporting.missing.shownLabels)
  if (outputFolder === null) return missing(text.resultSteps.missing.folder)
  return {
    kind: 'ready',
    request: {
      labelsPath: labels.path,
      labels: [...labels.structures],
      folder: joinPath(outputFolder, 'export', 'surfaces'),
      ...{ format, space, maxTriangles, smoothingIterations: smoothing },
    },
  }
}

export function surfacesCommand(request: WindowRequest<'label-surfaces'>): readonly string[] {
  const { labelsPath, labels, folder, format, space, maxTriangles, smoothingIterations } = request
  return [
    ...['isocenter', 'surface', labelsPath, '--labels', (labels ?? []).join(',')],
    ...option('--format', format, 'stl'),
    ...option('--space', space, 'LPS'),
    ...option('--smoothing', smoothingIterations, 20),
    ...option('--max-triangles', maxTriangles, 200_000),
    ...['--out', folder],
  ]
}
