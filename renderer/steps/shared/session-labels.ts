import { useLabelsStore } from '../../stores/labels.js'
import { useVolumeStore } from '../../stores/volume.js'

/** The label map that the steps take: the one that is shown, else the one that the registration is limited to. */
export function sessionLabelsPath(): string | null {
  return useLabelsStore().map?.path ?? useVolumeStore().labels?.path ?? null
}

/** Shows a label map over the CT. Without a CT there is nothing to show it on, but it can still be cleaned. */
export async function takeSessionLabels(path: string): Promise<void> {
  const volumes = useVolumeStore()
  if (volumes.volume === null) volumes.labels = { path, structures: [] }
  else await useLabelsStore().open(path)
}

export function dropSessionLabels(): void {
  useLabelsStore().close()
  useVolumeStore().labels = null
}
