import { throwIfCancelled } from '../../contract/errors.js'
import { type Vector3 } from '../../contract/matrix.js'
import { type TrainingConfiguration, type TrainingSubject } from '../../contract/training/configuration.js'
import { invertRigid, linearPart, multiply3, transformPoint } from '../../geometry/matrix.js'
import { warpWarnings } from '../../geometry/warp/rigid-warp.js'
import { loadLabels } from '../../imaging/labels.js'
import { readVolume } from '../../imaging/read-volume.js'
import { loadWarp } from '../../imaging/transform-file/load-warp.js'
import { gridCentreMm, type Volume } from '../../imaging/volume.js'
import { subjectVolume, type SubjectVolume } from '../rendering/subject-volume.js'
import { pixelAtIsocentreMm } from '../rendering/training-level.js'

export interface LoadedSubjects {
  readonly subjects: readonly SubjectVolume[]
  /** What is to be told about the inputs. */
  readonly warnings: readonly string[]
}

/**
 * Reads every subject of a training onto the level that it is rendered at; only that is kept, so that many CTs fit.
 * Labels on another grid are resampled in world millimetres. Errors: those of `readVolume`, `loadLabels` and
 * `subjectVolume`.
 * @param onSubject hears how many subjects are read
 */
export async function loadSubjects(
  {
    subjects,
    detector,
    sampling,
    optimisation,
  }: Pick<TrainingConfiguration, 'subjects' | 'detector' | 'sampling' | 'optimisation'>,
  { signal, onSubject }: { readonly signal?: AbortSignal; readonly onSubject?: (done: number) => void } = {},
): Promise<LoadedSubjects> {
  const pixelMm = pixelAtIsocentreMm(detector, sampling.range)
  const singleLabels = optimisation.weights.dice > 0 || optimisation.weights.haus > 0
  const loaded: SubjectVolume[] = []
  const warnings: string[] = []
  for (const { name, weight, volume: source, labels: labelSource, warp } of subjects) {
    const { volume: own, summary } = await readVolume(source, signal)
    throwIfCancelled(signal)
    const { volume, isocentreMm, notes } = await inTemplate(own, warp)
    const labels = labelSource === undefined ? undefined : await loadLabels(labelSource, own.grid, signal)
    const issues = [...summary.issues, ...(labels?.issues ?? [])]
    warnings.push(
      ...issues
        .filter(({ severity }) => severity !== 'note')
        .map(({ message }) => (subjects.length > 1 ? `${name}: ${message}` : message)),
    )
    warnings.push(...notes)
    throwIfCancelled(signal)
    const { attenuation } = sampling
    loaded.push(
      subjectVolume(volume, { name, weight, attenuation, pixelMm, isocentreMm, labels, singleLabels }),
    )
    onSubject?.(loaded.length)
  }
  return { subjects: loaded, warnings }
}

/**
 * A volume where its warp places it in the template: poses of the template then show it, and need no warp themselves.
 * A warp that mirrors leaves a mirrored volume, as the template is one.
 */
async function inTemplate(
  volume: Volume,
  warp: TrainingSubject['warp'],
): Promise<{ readonly volume: Volume; readonly isocentreMm: Vector3; readonly notes: readonly string[] }> {
  const centreMm = gridCentreMm(volume.grid)
  if (warp === undefined) return { volume, isocentreMm: centreMm, notes: [] }
  const rigid = await loadWarp(warp, centreMm)
  // By the transpose, which holds for a mirror as well.
  const templateFromPatient = invertRigid(rigid.patientFromTemplate)
  const { grid, voxels } = volume
  return {
    volume: {
      grid: {
        ...grid,
        originMm: transformPoint(templateFromPatient, grid.originMm),
        direction: multiply3(linearPart(templateFromPatient), grid.direction),
      },
      voxels,
    },
    isocentreMm: warp.templateCentreMm,
    notes: warpWarnings(rigid),
  }
}
