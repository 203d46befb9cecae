import { useLabelsStore } from '../../stores/labels.js'
import { useUnsavedStore } from '../../stores/unsaved.js'
import { useVolumeStore } from '../../stores/volume.js'
import type { LabelNames } from '../../labels/label-naming.js'

/** The label map that the steps take: the one that is shown, else the one that the registration is limited to. */
export function sessionLabelsPath(): string | null {
  return useLabelsStore().map?.path ?? useVolumeStore().labels?.path ?? null
}

/**
 * Shows a label map over the CT; one that was made from a map with names keeps them. Without a CT there is nothing to
 * show it on, but it can still be cleaned.
 */
export async function takeSessionLabels(path: string, names?: LabelNames): Promise<void> {
  const [volumes, labels] = [useVolumeStore(), useLabelsStore()]
  if (volumes.volume === null) {
    volumes.labels = { path, structures: [] }
    return
  }
  const source = labels.nameSource
  if (!(await labels.open(path)) || labels.map === null) return
  if (names === undefined || labels.map.namesFile !== null) return
  labels.takeNames(names, source)
}

/** Closes the label map, unless the person wants to keep edits that are not saved. */
export async function dropSessionLabels(): Promise<void> {
  if (!(await useUnsavedStore().mayLose('labels'))) return
  useLabelsStore().close()
  useVolumeStore().labels = null
}
