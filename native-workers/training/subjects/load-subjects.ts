import { throwIfCancelled } from '../../contract/errors.js'
import { type TrainingConfiguration } from '../../contract/training/configuration.js'
import { loadLabels } from '../../imaging/labels.js'
import { readVolume } from '../../imaging/read-volume.js'
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
  for (const { name, weight, volume: source, labels: labelSource } of subjects) {
    const { volume, summary } = await readVolume(source, signal)
    throwIfCancelled(signal)
    const labels = labelSource === undefined ? undefined : await loadLabels(labelSource, volume.grid, signal)
    const issues = [...summary.issues, ...(labels?.issues ?? [])]
    warnings.push(
      ...issues
        .filter(({ severity }) => severity !== 'note')
        .map(({ message }) => (subjects.length > 1 ? `${name}: ${message}` : message)),
    )
    throwIfCancelled(signal)
    const { attenuation } = sampling
    loaded.push(subjectVolume(volume, { name, weight, attenuation, pixelMm, labels, singleLabels }))
    onSubject?.(loaded.length)
  }
  return { subjects: loaded, warnings }
}
