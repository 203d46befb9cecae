import { defineStore } from 'pinia'
import { computed, markRaw, nextTick, ref, shallowRef, watch } from 'vue'
import type { LabelSource, VolumeSource } from '../../native-workers/contract/operations/sources.js'
import type { VolumeSummary } from '../../native-workers/contract/operations/volume.js'
import type { WireError } from '../../native-workers/contract/wire-error.js'
import type { DisplayVolume, Surface } from '../data/display-volume.js'
import { valueUnit } from '../data/value-unit.js'
import { VolumeLoader } from '../data/volume-loader.js'
import { boundsMm, centreMm } from '../geometry/grid.js'
import { useHistoryStore } from '../history/history-store.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { useJobsStore } from './jobs.js'
import { useMessagesStore } from './messages.js'
import { useUnsavedStore } from './unsaved.js'
import { idle, type Task } from './task.js'

export interface OpenedVolume {
  readonly source: VolumeSource
  readonly summary: VolumeSummary
  readonly display: DisplayVolume
  /** Where the voxels of `display` lie, for workers that need them too. */
  readonly displayFile: string
}

/** An opening that the person can mend: by a spacing, or by accepting the geometry. */
export interface RefusedVolume {
  readonly source: VolumeSource
  readonly error: WireError
}

/** The one CT of the session, its display copy and its bone surface. */
export const useVolumeStore = defineStore('volume', () => {
  const jobs = useJobsStore()
  const messages = useMessagesStore()
  const unsaved = useUnsavedStore()
  const history = useHistoryStore()
  const volume = shallowRef<OpenedVolume | null>(null)
  const labels = shallowRef<LabelSource | null>(null)
  const opening = shallowRef<Task<null>>(idle)
  const refused = shallowRef<RefusedVolume | null>(null)
  const surface = shallowRef<Surface | null>(null)
  const surfaceThreshold = ref(200)
  const surfaceBusy = ref(false)
  let loader: VolumeLoader | null = null
  let cancelOpening: (() => void) | null = null
  let latestOpening = 0

  const isocentreMm = computed(() => (volume.value === null ? null : centreMm(volume.value.summary.grid)))
  /** Of the voxels' values; empty where nothing is known of it. */
  const shownUnit = computed(() => valueUnit(volume.value?.summary.valueRange ?? null))
  const bounds = computed(() => (volume.value === null ? null : boundsMm(volume.value.display.grid)))

  /** Opens a CT; the one before stays until the new one is complete. */
  async function open(source: VolumeSource): Promise<boolean> {
    if (!(await unsaved.mayLose('labels'))) return false
    cancelOpening?.()
    refused.value = null
    const turn = ++latestOpening
    const startedAtMs = performance.now()
    opening.value = { kind: 'running', startedAtMs, progress: null }
    const running = jobs.start(
      'open-volume',
      { volume: source },
      {
        title: text.jobs.openVolume(fileName(source.path)),
        onProgress: (progress) => {
          if (turn === latestOpening) opening.value = { kind: 'running', startedAtMs, progress }
        },
      },
    )
    cancelOpening = () => {
      running.cancel()
    }
    // Its worker starts while the engine reads.
    const next = new VolumeLoader()
    const outcome = await running.promise
    if (turn !== latestOpening || !outcome.ok) next.dispose()
    if (turn !== latestOpening) return false
    cancelOpening = null
    if (!outcome.ok) {
      opening.value =
        outcome.error.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error: outcome.error }
      const mendable =
        outcome.error.code === 'geometry-missing' || outcome.error.code === 'geometry-unconfirmed'
      if (mendable) refused.value = { source, error: outcome.error }
      else messages.showError(outcome.error)
      return false
    }
    const { summary, display } = outcome.output
    return load(next, source, summary, display.file, display.grid)
  }

  async function load(
    next: VolumeLoader,
    source: VolumeSource,
    summary: VolumeSummary,
    file: string,
    grid: VolumeSummary['grid'],
  ): Promise<boolean> {
    try {
      const loaded = await next.open(window.isocenter.volumeUrl(file), grid)
      freeDisplay()
      loader = next
      surface.value = null
      labels.value = null
      volume.value = markRaw({ source, summary, display: loaded.display, displayFile: file })
      surfaceThreshold.value = loaded.suggestedThreshold
      opening.value = { kind: 'done', output: null }
      void updateSurface()
      return true
    } catch (error) {
      next.dispose()
      const detail = error instanceof Error ? error.message : String(error)
      const failure: WireError = {
        code: 'file-unreadable',
        message: text.data.displayCopyFailed(detail),
        hint: '',
      }
      opening.value = { kind: 'failed', error: failure }
      messages.showError(failure)
      return false
    }
  }

  /** Which structures of the label map are registered, none for all; can be undone. */
  function chooseStructures(structures: readonly number[]): void {
    const chosen = labels.value
    if (chosen === null) return
    const about = { scope: 'structures', label: text.history.structures } as const
    history.assign(about, chosen.structures, [...structures], (to) => {
      if (labels.value !== null) labels.value = { ...labels.value, structures: to }
    })
  }
  // Numbers of one map's labels mean nothing in another.
  watch(
    () => labels.value?.path,
    () => {
      history.forget('structures')
    },
    { flush: 'sync' },
  )

  async function updateSurface(): Promise<void> {
    if (loader === null) return
    surfaceBusy.value = true
    const answer = await loader.surface(surfaceThreshold.value)
    if (answer.kind === 'superseded') return
    surfaceBusy.value = false
    if (answer.kind === 'made') surface.value = markRaw(answer.surface)
    else messages.show('warning', text.threeD.surfaceFailed(answer.message))
  }
  watch(surfaceThreshold, () => void updateSurface())

  /** Frees the display copy once nothing is drawn of it any more. */
  function freeDisplay(): void {
    const before = loader
    const voxels = volume.value?.display.voxels
    loader = null
    void nextTick(() => before?.dispose(voxels))
  }

  function cancel(): void {
    cancelOpening?.()
  }

  /** Leaves no CT open, e.g. for a project that has none yet. */
  function close(): void {
    cancelOpening?.()
    latestOpening++
    freeDisplay()
    volume.value = null
    labels.value = null
    surface.value = null
    refused.value = null
    opening.value = idle
    void window.isocenter.run('release-memory', {}).promise
  }

  return {
    volume,
    labels,
    opening,
    refused,
    surface,
    surfaceThreshold,
    surfaceBusy,
    isocentreMm,
    bounds,
    valueUnit: shownUnit,
    open,
    chooseStructures,
    close,
    cancel,
  }
})
