import { nextTick } from 'vue'
import { useLabelsStore } from '../../stores/labels.js'
import { useOpenFilesStore } from '../../stores/open-files.js'
import { useVolumeStore } from '../../stores/volume.js'
import { namesOf } from '../../labels/label-map.js'
import { takeSessionLabels } from './session-labels.js'

/** What of a result becomes the session's CT and label map. */
export interface Shown {
  /** Null: the CT that is open stays. */
  readonly volume: string | null
  /** Null: a label map that is open stays if the CT does, and goes with it otherwise. */
  readonly labels: string | null
  /** The CT lies elsewhere than before, so that a pose sought for the old one does not fit. */
  readonly isMoved: boolean
}

export async function showInViews({ volume, labels, isMoved }: Shown): Promise<void> {
  const names = namesOf(useLabelsStore().map)
  if (volume !== null) {
    if (!(await useVolumeStore().open({ path: volume, acceptGeometry: false }))) return
    // What follows the CT, the old label map's end among it, comes first.
    await nextTick()
    if (isMoved) useOpenFilesStore().placeIfNew(false)
  }
  if (labels !== null) await takeSessionLabels(labels, names)
}
