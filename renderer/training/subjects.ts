import type { TrainingSubject } from '../../native-workers/contract/training/configuration.js'
import { structuresFromText } from '../registration/structures.js'
import { caseNameOf } from '../steps/shared/paths.js'
import type { Situation } from '../steps/shared/prepared.js'
import type { FurtherSubject, LabelsForm } from './train-form.js'

/** The CT that is open, as a training takes it; null while none is. */
export function openSubject(
  { volume, labelsPath }: Situation,
  { usesLabels, structures }: LabelsForm,
  weight: number,
): TrainingSubject | null {
  if (volume === null) return null
  return {
    name: caseNameOf(volume.path),
    volume,
    ...(usesLabels &&
      labelsPath !== null && {
        labels: { path: labelsPath, structures: [...(structuresFromText(structures) ?? [])] },
      }),
    weight,
  }
}

/** All CTs of a training, each under a name of its own. */
export function withFurther(open: TrainingSubject, further: readonly FurtherSubject[]): TrainingSubject[] {
  const taken = new Set([open.name])
  const others = further.map(({ path, labelsPath, weight }) => {
    const name = freeName(caseNameOf(path), taken)
    taken.add(name)
    return {
      name,
      volume: { path, acceptGeometry: false },
      ...(labelsPath !== null && { labels: { path: labelsPath, structures: [] } }),
      weight,
    }
  })
  return [open, ...others]
}

/** "knee", else "knee 2" and so on. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`
  return free
}
