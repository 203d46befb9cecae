import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { useHistoryStore, type Change } from '../history/history-store.js'
import { useLabelsStore } from '../stores/labels.js'
import { useMessagesStore } from '../stores/messages.js'
import { useViewsStore } from '../stores/views.js'
import { useVolumeStore } from '../stores/volume.js'
import { text } from '../text/en.js'
import { Stroke, voxelAt, type Brush, type PaintPlane } from './model/brush.js'
import { editTitle } from './edit-title.js'
import { applyDelta, chunkEnd, runsOf, type LabelDelta } from './model/delta.js'
import { emptyHistory, type EditKind, type EditOutcome, type LabelEdit } from './model/edits.js'
import {
  defaultBrush,
  defaultScissors,
  defaultThreshold,
  onlyOver,
  scissorsFrom,
  thresholdFrom,
  type EditArea,
  type EditTool,
  type ScissorsSettings,
  type ThresholdSettings,
} from './tools.js'

/** Strokes are not waited for: the next one may begin while the worker still takes in the last. */
export type EditWork = { readonly kind: 'idle' } | { readonly kind: 'running'; readonly edit: EditKind }

/** Editing the shown label map: the tool in hand, its settings, and what can be undone. */
export const useEditingStore = defineStore('editing', () => {
  const labels = useLabelsStore()
  const volumes = useVolumeStore()
  const views = useViewsStore()
  const messages = useMessagesStore()
  const changes = useHistoryStore()
  const tool = ref<EditTool>('none')
  const activeLabel = ref(1)
  const brush = shallowRef<Brush>(defaultBrush)
  const area = shallowRef<EditArea>({ kind: 'spare' })
  const scissors = shallowRef<ScissorsSettings>(defaultScissors)
  const threshold = shallowRef<ThresholdSettings>(defaultThreshold)
  const isPreviewing = ref(false)
  const work = shallowRef<EditWork>({ kind: 'idle' })
  const history = shallowRef(emptyHistory)
  /** What the last edit did. */
  const last = shallowRef<{ readonly edit: EditKind; readonly changedVoxels: number } | null>(null)
  const stroke = shallowRef<Stroke | null>(null)
  let waitingStrokes = 0

  const voxels = computed(() => labels.map?.voxels ?? null)
  const present = computed(() => labels.map?.labels.map(({ label }) => label) ?? [])
  const largestLabel = computed(() => (voxels.value instanceof Uint16Array ? 65535 : 255))
  const preview = computed(() =>
    isPreviewing.value && labels.map !== null ? thresholdFrom(threshold.value, views.crosshairMm) : null,
  )
  /** Why nothing can be edited now; null when it can. */
  const missing = computed(() => {
    if (volumes.volume === null) return text.labels.missingVolume
    if (labels.map === null) return text.segmentation.missingMap
    return work.value.kind === 'running' ? text.segmentation.working : null
  })

  /** Makes one edit on the worker, one at a time. */
  async function run(edit: LabelEdit): Promise<void> {
    if (missing.value !== null || stroke.value !== null) return
    const outcome = await alone(edit)
    if (outcome === null || outcome.changedVoxels === 0) return
    changes.record(changeOf(edit))
    forgetOldest(outcome)
  }

  /** Beyond its memory limit the worker forgets the oldest edits; strokes that it has not taken in are not among them. */
  function forgetOldest({ history: { undoCount } }: EditOutcome): void {
    changes.keepNewest('labels', undoCount + waitingStrokes)
  }

  /** The worker keeps the way back: the newest of its edits is the newest change of labels here. */
  function changeOf(edit: LabelEdit): Change {
    return {
      scope: 'labels',
      label: editTitle(edit),
      undo: () => travel({ kind: 'undo' }),
      redo: () => travel({ kind: 'redo' }),
    }
  }

  async function travel(edit: LabelEdit): Promise<void> {
    // The copies of window and worker may differ now: what came before can't be undone in both.
    if ((await alone(edit)) === null) changes.forget('labels')
  }

  async function alone(edit: LabelEdit): Promise<EditOutcome | null> {
    work.value = { kind: 'running', edit: edit.kind }
    const outcome = await perform(edit)
    work.value = { kind: 'idle' }
    return outcome
  }

  /** Null where it failed, which is told, or where the map was closed meanwhile. */
  async function perform(edit: LabelEdit): Promise<EditOutcome | null> {
    const edited = voxels.value
    try {
      const outcome = await labels.edit(edit)
      if (outcome === null || voxels.value !== edited) return null
      if (outcome.delta !== null) await write(outcome.delta)
      if (voxels.value !== edited) return null
      settle(edit.kind, outcome)
      return outcome
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      if (voxels.value === edited) messages.show('error', text.segmentation.failed(detail))
      return null
    }
  }

  /** Long deltas are written in pieces, between which the window draws and answers. */
  async function write(delta: LabelDelta): Promise<void> {
    const target = voxels.value
    let from = 0
    while (from < runsOf(delta) && target !== null) {
      const to = chunkEnd(delta, from)
      applyDelta(target, delta, from, to)
      from = to
      if (from < runsOf(delta)) await new Promise((resolve) => setTimeout(resolve))
    }
    labels.touch()
  }

  function settle(edit: EditKind, outcome: EditOutcome): void {
    labels.setMeasured(outcome.labels)
    history.value = outcome.history
    last.value = { edit, changedVoxels: outcome.changedVoxels }
  }

  /** Draws the brush to a place of the shown slice. */
  function strokeTo(plane: PaintPlane, pointMm: Vector3): void {
    const { map } = labels
    if (map === null || work.value.kind === 'running') return
    const erases = tool.value === 'erase'
    stroke.value ??= new Stroke(
      map.voxels,
      map.grid,
      plane,
      brush.value,
      erases ? 0 : activeLabel.value,
      onlyOver(area.value, activeLabel.value, erases),
    )
    stroke.value.to(pointMm)
    labels.touch()
  }

  async function endStroke(): Promise<void> {
    const ended = stroke.value
    stroke.value = null
    if (ended === null || ended.changed.length === 0) return
    const edit: LabelEdit = { kind: 'stroke', voxels: ended.changed, label: ended.label }
    // At once, so that it can be undone before the worker has taken it in.
    const change = changeOf(edit)
    changes.record(change)
    waitingStrokes++
    const outcome = await perform(edit)
    waitingStrokes--
    if (outcome === null) changes.withdraw(change)
    else forgetOldest(outcome)
  }

  /** Keeps or removes the part of a label that lies at a place; the label clicked on becomes the active one. */
  async function clickIsland(pointMm: Vector3): Promise<void> {
    const index = labels.map === null ? null : voxelAt(labels.map.grid, pointMm)
    const label = index === null ? 0 : (voxels.value?.[index] ?? 0)
    if (index === null || label === 0) return
    activeLabel.value = label
    const kind = tool.value === 'keep-island' ? 'keep-one' : 'remove-one'
    await run({ kind: 'islands', label, rule: { kind, index } })
  }

  /** Cuts along an outline drawn in a slice. */
  async function cut(plane: PaintPlane, pointsMm: readonly Vector3[]): Promise<void> {
    const label = activeLabel.value
    await run({
      kind: 'scissors',
      scissors: scissorsFrom(scissors.value, plane, pointsMm, label, area.value),
    })
  }

  async function applyThreshold(): Promise<void> {
    const file = volumes.volume?.displayFile
    if (file === undefined) return
    const chosen = thresholdFrom(threshold.value, views.crosshairMm)
    const volumeUrl = window.isocenter.volumeUrl(file)
    await run({ kind: 'threshold', label: activeLabel.value, threshold: chosen, volumeUrl })
    isPreviewing.value = false
  }

  /** The views get their usual gestures back. */
  function putDown(): void {
    tool.value = 'none'
    isPreviewing.value = false
    void endStroke()
  }

  changes.lockWhile(() => (work.value.kind === 'running' ? text.segmentation.working : null))
  // A label without voxels is not in the map's list, but is seen while it is painted.
  watch([tool, activeLabel], () => {
    labels.painted = tool.value === 'paint' ? activeLabel.value : null
  })
  watch(voxels, () => {
    history.value = emptyHistory
    last.value = null
    stroke.value = null
    activeLabel.value = present.value[0] ?? 1
    threshold.value = { ...threshold.value, scopeLabel: activeLabel.value }
    area.value = { kind: 'spare' }
  })

  return {
    tool,
    activeLabel,
    brush,
    area,
    scissors,
    threshold,
    isPreviewing,
    preview,
    work,
    history,
    last,
    present,
    largestLabel,
    missing,
    run,
    strokeTo,
    endStroke,
    clickIsland,
    cut,
    applyThreshold,
    putDown,
  }
})
