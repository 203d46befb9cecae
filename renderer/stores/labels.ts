import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import type { OpenedLabel, OpenLabelsOutput } from '../../native-workers/contract/operations/open-labels.js'
import type { LabelRuns } from '../../native-workers/contract/operations/save-labels.js'
import type { Surface } from '../data/display-volume.js'
import type { EditOutcome, LabelEdit } from '../segmentation/model/edits.js'
import type { MeasuredLabel } from '../segmentation/model/measure.js'
import { indexFromVolume } from '../geometry/grid.js'
import { transformPoint } from '../geometry/math.js'
import { defaultColour, labelPaints } from '../labels/label-colours.js'
import { LabelLoader } from '../labels/label-loader.js'
import { namesOf, type LabelMap } from '../labels/label-map.js'
import { useLabelNaming } from '../labels/label-naming.js'
import { text } from '../text/en.js'
import { useHistoryStore } from '../history/history-store.js'
import { useMessagesStore } from './messages.js'
import { useUnsavedStore } from './unsaved.js'
import { idle, type Task } from './task.js'
import { useVolumeStore } from './volume.js'

/** The label map shown over the CT, and how its labels look; what is registered is chosen elsewhere. */
export const useLabelsStore = defineStore('labels', () => {
  const volumes = useVolumeStore()
  const messages = useMessagesStore()
  const unsaved = useUnsavedStore()
  const history = useHistoryStore()
  const map = shallowRef<LabelMap | null>(null)
  const opening = shallowRef<Task<null>>(idle)
  const hidden = shallowRef<ReadonlySet<number>>(new Set())
  const chosenColours = shallowRef<ReadonlyMap<number, string>>(new Map())
  const opacity = ref(0.4)
  const hasOutline = ref(true)
  /** Counts changes of the voxels in place, for what is drawn from them. */
  const revision = ref(0)
  /** A label that is being painted and may have no voxels yet. */
  const painted = ref<number | null>(null)
  const naming = useLabelNaming(map)
  /** Whether the map came with edits that its file does not have. */
  const wasEdited = ref(false)
  let loader: LabelLoader | null = null
  let latestOpening = 0

  const visible = computed(() => map.value?.labels.filter(({ label }) => !hidden.value.has(label)) ?? [])
  const shownNumbers = computed(() => {
    const numbers = visible.value.map(({ label }) => label)
    const extra = painted.value
    return extra === null || hidden.value.has(extra) || numbers.includes(extra)
      ? numbers
      : [...numbers, extra]
  })
  const look = computed(() => ({
    paints: labelPaints(shownNumbers.value, colourOf),
    opacity: opacity.value,
    hasOutline: hasOutline.value,
  }))

  function colourOf(label: number): string {
    return chosenColours.value.get(label) ?? defaultColour(label)
  }

  /** Shows a map over the CT; `as` names the map that the file is an edited copy of, which is still to be saved. */
  async function open(path: string, as?: string): Promise<boolean> {
    const grid = volumes.volume?.display.grid
    if (grid === undefined || !(await unsaved.mayLose('labels'))) return false
    const turn = ++latestOpening
    const startedAtMs = performance.now()
    opening.value = { kind: 'running', startedAtMs, progress: null }
    const running = window.isocenter.run(
      'open-labels',
      { path, grid },
      {
        onProgress: (progress) => {
          if (turn === latestOpening) opening.value = { kind: 'running', startedAtMs, progress }
        },
      },
    )
    const outcome = await running.promise
    if (turn !== latestOpening) return false
    if (!outcome.ok) {
      opening.value = { kind: 'failed', error: outcome.error }
      messages.showError(outcome.error)
      return false
    }
    return load(turn, as ?? path, outcome.output, as !== undefined)
  }

  async function load(
    turn: number,
    path: string,
    output: OpenLabelsOutput,
    isEdited: boolean,
  ): Promise<boolean> {
    const grid = volumes.volume?.display.grid
    if (grid === undefined) return false
    const next = new LabelLoader()
    try {
      const voxels = await next.open(output.display, grid)
      if (turn !== latestOpening) {
        next.dispose()
        return false
      }
      loader?.dispose()
      loader = next
      hidden.value = new Set()
      chosenColours.value = new Map()
      const { labels, namesFile } = output
      wasEdited.value = isEdited
      map.value = markRaw({ path, grid, voxels, labels, namesFile })
      naming.takeNames(namesOf(map.value), namesFile === null ? 'numbers' : 'file')
      opening.value = { kind: 'done', output: null }
      for (const issue of output.issues) {
        if (issue.severity !== 'note') messages.show('warning', issue.message)
      }
      return true
    } catch (error) {
      next.dispose()
      const detail = error instanceof Error ? error.message : String(error)
      const failure = { code: 'file-unreadable', message: text.labels.copyFailed(detail), hint: '' } as const
      opening.value = { kind: 'failed', error: failure }
      messages.showError(failure)
      return false
    }
  }

  function close(): void {
    latestOpening++
    loader?.dispose()
    loader = null
    map.value = null
    wasEdited.value = false
    opening.value = idle
  }

  function setVisible(labels: readonly number[], isVisible: boolean): void {
    const changed = labels.filter((label) => hidden.value.has(label) === isVisible)
    if (changed.length === 0) return
    const next = new Set(hidden.value)
    for (const label of changed) {
      if (isVisible) next.delete(label)
      else next.add(label)
    }
    const label = isVisible ? text.history.labelsShown(changed) : text.history.labelsHidden(changed)
    history.assign({ scope: 'label-look', label }, hidden.value, next, (to) => {
      hidden.value = to
    })
  }

  function setColour(label: number, colour: string): void {
    const about = {
      scope: 'label-look',
      label: text.history.labelColour(label),
      mergeKey: `${label}`,
    } as const
    const next = new Map(chosenColours.value).set(label, colour)
    history.assign(about, chosenColours.value, next, (to) => {
      chosenColours.value = to
    })
  }

  /** The label at a place of the CT; null where there is none. */
  function labelAt(pointMm: Vector3): OpenedLabel | null {
    const shown = map.value
    if (shown === null) return null
    const [nx, ny, nz] = shown.grid.size
    const [x, y, z] = transformPoint(indexFromVolume(shown.grid), pointMm)
    const [i, j, k] = [Math.round(x), Math.round(y), Math.round(z)]
    if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) return null
    const found = shown.voxels[(k * ny + j) * nx + i]
    return shown.labels.find(({ label }) => label === found) ?? null
  }

  /** Null where the label gives no surface, or the map was closed meanwhile. */
  async function surfaceOf(label: OpenedLabel): Promise<Surface | null> {
    return (await loader?.surface(label)) ?? null
  }

  /** Null where no map is open. Throws with the worker's reason. */
  async function edit(change: LabelEdit): Promise<EditOutcome | null> {
    return (await loader?.edit(change)) ?? null
  }

  async function runs(): Promise<LabelRuns | null> {
    return (await loader?.runs()) ?? null
  }

  /** The voxels were written into. */
  function touch(): void {
    revision.value++
  }

  /** What the map holds after an edit. Labels that the edit left as they were stay the same objects. */
  function setMeasured(measured: readonly MeasuredLabel[]): void {
    if (map.value === null) return
    const before = new Map(map.value.labels.map((entry) => [entry.label, entry]))
    const labels = measured.map((entry): OpenedLabel => {
      const known = before.get(entry.label)
      return known !== undefined && isSame(known, entry)
        ? known
        : { ...entry, name: naming.names.value.get(entry.label) ?? null }
    })
    map.value = markRaw({ ...map.value, labels })
  }

  /** The map as it is now lies in this file. */
  function savedAs(path: string, namesFile: string | null): void {
    if (map.value === null) return
    wasEdited.value = false
    map.value = markRaw({ ...map.value, path, namesFile: namesFile ?? map.value.namesFile })
  }

  /** Names from a file that the person chooses. */
  async function loadNames(): Promise<void> {
    const [path] = await window.isocenter.openFiles('label-names')
    if (path === undefined) return
    const outcome = await window.isocenter.run('read-label-names', { path }).promise
    if (outcome.ok) naming.importNames(outcome.output.names)
    else messages.showError(outcome.error)
  }

  watch(
    () => map.value?.voxels,
    () => {
      history.forget('labels')
      history.forget('label-look')
    },
    { flush: 'sync' },
  )
  // The labels lie on the grid of one CT.
  watch(() => volumes.volume, close)
  // Whoever chooses labels for the registration wants to see them.
  watch(
    () => volumes.labels?.path,
    (path) => {
      if (path !== undefined && path !== map.value?.path) void open(path)
    },
  )

  return {
    map,
    opening,
    hidden,
    visible,
    look,
    ...naming,
    wasEdited,
    loadNames,
    opacity,
    hasOutline,
    open,
    close,
    setVisible,
    setColour,
    colourOf,
    labelAt,
    surfaceOf,
    revision,
    painted,
    edit,
    runs,
    touch,
    setMeasured,
    savedAs,
  }
})

const isSame = (a: MeasuredLabel, b: MeasuredLabel): boolean =>
  a.voxelCount === b.voxelCount && a.centreMm.every((value, axis) => value === b.centreMm[axis])
