import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { joinPath } from '../steps/shared/paths.js'
import { useJobsStore } from '../stores/jobs.js'
import { useLabelsStore } from '../stores/labels.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { idle, type Task } from '../stores/task.js'
import { useUnsavedStore } from '../stores/unsaved.js'
import { useVolumeStore } from '../stores/volume.js'
import { useWorkflowStore } from '../stores/workflow.js'
import type { StepStatus } from '../workflow/step-names.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { editedName, isFileName } from './map-name.js'
import { useEditingStore } from './store.js'

/** Saving the edited map as a new one, which takes the place of the session's. */
export const useLabelSavingStore = defineStore('label-saving', () => {
  const editing = useEditingStore()
  const labels = useLabelsStore()
  const volumes = useVolumeStore()
  const folders = useOutputFolderStore()
  const jobs = useJobsStore()
  const messages = useMessagesStore()
  const workflow = useWorkflowStore()
  const name = ref('')
  const saving = shallowRef<Task<string>>(idle)
  const savedState = ref(0)
  /** The file that was opened to be edited. */
  let origin: string | null = null

  const savedNames = shallowRef(labels.names)
  const isDirty = computed(
    () =>
      labels.wasEdited || editing.history.stateId !== savedState.value || labels.names !== savedNames.value,
  )
  const path = computed(() =>
    folders.folder === null ? null : joinPath(folders.folder, 'labels', `${name.value.trim()}.nii.gz`),
  )
  /** The display copy of a large CT is coarser than the CT, and so are the labels over it. */
  const isCoarse = computed(() => {
    const { volume } = volumes
    return (
      volume !== null &&
      volume.summary.grid.size.some((count, axis) => count !== volume.display.grid.size[axis])
    )
  })
  const missing = computed(() => {
    if (labels.map === null) return text.segmentation.missingMap
    if (isCoarse.value) return text.segmentation.coarse
    if (folders.folder === null) return text.segmentation.missingFolder
    if (!isFileName(name.value)) return text.segmentation.missingName
    if (saving.value.kind === 'running') return text.segmentation.saving
    // The names of a table are nowhere in the map's own file yet.
    if (!isDirty.value && labels.nameSource !== 'totalsegmentator') return text.segmentation.nothingToSave
    return editing.missing
  })

  async function save(force = false): Promise<void> {
    const { map } = labels
    const outputPath = path.value
    if (missing.value !== null || map === null || outputPath === null) return
    saving.value = { kind: 'running', startedAtMs: performance.now(), progress: null }
    const runs = await labels.runs().catch(() => null)
    const { names } = labels
    const stateId = editing.history.stateId
    if (runs === null) {
      saving.value = idle
      return
    }
    const outcome = await jobs.run(
      'save-labels',
      {
        outputPath,
        grid: map.grid,
        runs,
        names: labels.knownNames(),
        ...(origin !== null && { sourcePath: origin }),
        force,
      },
      { title: text.segmentation.job(fileName(outputPath)) },
    )
    if (!outcome.ok) {
      saving.value =
        outcome.error.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error: outcome.error }
      if (outcome.error.code !== 'output-exists') messages.showError(outcome.error)
      return
    }
    saving.value = { kind: 'done', output: outcome.output.path }
    if (labels.map?.voxels !== map.voxels) return
    savedState.value = stateId
    savedNames.value = names
    const replaced = labels.map.path
    labels.savedAs(outcome.output.path, outcome.output.namesPath)
    if (volumes.labels?.path === replaced) {
      volumes.labels = { ...volumes.labels, path: outcome.output.path }
    }
  }

  useUnsavedStore().watchOver('labels', () => labels.map !== null && isDirty.value, {
    missing: () => missing.value,
    save: async () => {
      await save()
      return !isDirty.value
    },
  })

  watch(
    () => labels.map?.voxels,
    () => {
      origin = labels.map?.path ?? null
      name.value = origin === null ? '' : editedName(origin)
      savedState.value = 0
      saving.value = idle
    },
    { immediate: true },
  )
  watch(
    () => labels.givenNames,
    (names) => (savedNames.value = names),
    { flush: 'sync' },
  )

  const status = computed<StepStatus>(() => {
    if (labels.map === null) return 'not-started'
    if (saving.value.kind === 'running') return 'running'
    if (isDirty.value) return 'unsaved'
    return saving.value.kind === 'done' ? 'done' : 'not-started'
  })
  watch(status, (next) => workflow.setStatus('segment', next), { flush: 'sync' })

  return { name, path, saving, isDirty, isCoarse, missing, save }
})
