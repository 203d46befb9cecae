import type { VolumeGrid } from '../../../native-workers/contract/operations/volume.js'
import type { LabelVoxels } from '../../labels/label-map.js'
import { applyDelta, DeltaBuilder, deltaVoxels, runsOf, type LabelDelta } from './delta.js'
import type { EditOutcome, LabelCopy, LabelEdit } from './edits.js'
import { EditHistory } from './history.js'
import { editIslands } from './islands.js'
import { combineLabels } from './logic.js'
import { measureLabels } from './measure.js'
import { relabel } from './relabel.js'
import { cutWithScissors } from './scissors.js'
import { editMargin, fillHoles, smooth } from './shape.js'
import { editThreshold } from './threshold.js'

/** Reads voxels that lie on the display grid: as many bytes as are expected, or it throws. */
export type ReadVoxels = (url: string, expectedBytes: number) => Promise<ArrayBuffer>

/** The map that is edited, with everything that can be undone; the window's copy follows its deltas. */
export class EditModel {
  readonly #history = new EditHistory()
  #volume: { readonly url: string; readonly values: Int16Array } | null = null
  #others: { readonly url: string; readonly voxels: LabelVoxels } | null = null

  constructor(
    readonly voxels: LabelVoxels,
    readonly grid: VolumeGrid,
    readonly read: ReadVoxels,
  ) {}

  async edit(edit: LabelEdit): Promise<EditOutcome> {
    const delta = await this.#deltaOf(edit)
    const hasChanged = delta !== null && runsOf(delta) > 0
    if (hasChanged) {
      applyDelta(this.voxels, delta)
      if (edit.kind !== 'undo' && edit.kind !== 'redo') this.#history.push(delta)
    }
    const { undoCount, redoCount, stateId } = this.#history
    return {
      delta: hasChanged && edit.kind !== 'stroke' ? delta : null,
      changedVoxels: hasChanged ? deltaVoxels(delta) : 0,
      labels: measureLabels(this.voxels, this.grid),
      history: { undoCount, redoCount, stateId },
    }
  }

  async #deltaOf(edit: LabelEdit): Promise<LabelDelta | null> {
    const { voxels, grid } = this
    switch (edit.kind) {
      case 'stroke':
        return strokeDelta(voxels, edit.voxels, edit.label)
      case 'threshold':
        return editThreshold(voxels, await this.#values(edit.volumeUrl), grid, edit.label, edit.threshold)
      case 'islands':
        return editIslands(voxels, grid.size, edit.label, edit.rule)
      case 'margin':
        return editMargin(voxels, grid, edit.label, edit.mm)
      case 'fill-holes':
        return fillHoles(voxels, grid, edit.label)
      case 'smooth':
        return smooth(voxels, grid, edit.label, edit.radiusMm)
      case 'relabel':
        return relabel(voxels, edit.changes)
      case 'scissors':
        return cutWithScissors(voxels, grid, edit.scissors)
      case 'logic': {
        const { label, other, operation, onlyOver } = edit
        return combineLabels(voxels, label, await this.#labels(edit.map), other, operation, onlyOver)
      }
      case 'undo':
        return this.#history.undo()
      case 'redo':
        return this.#history.redo()
    }
  }

  /** Kept, since a threshold is tried several times. */
  async #values(url: string): Promise<Int16Array> {
    if (this.#volume?.url !== url) {
      const bytes = await this.read(url, this.voxels.length * Int16Array.BYTES_PER_ELEMENT)
      const values = new Int16Array(bytes)
      this.#volume = { url, values }
    }
    return this.#volume.values
  }

  /** Kept, since several of its labels may be wanted. */
  async #labels({ url, bytesPerVoxel }: LabelCopy): Promise<LabelVoxels> {
    if (this.#others?.url !== url) {
      const bytes = await this.read(url, this.voxels.length * bytesPerVoxel)
      const voxels = bytesPerVoxel === 1 ? new Uint8Array(bytes) : new Uint16Array(bytes)
      this.#others = { url, voxels }
    }
    return this.#others.voxels
  }
}

function strokeDelta(voxels: LabelVoxels, indices: Uint32Array, label: number): LabelDelta {
  const delta = new DeltaBuilder()
  for (const index of indices.slice().sort()) delta.add(index, voxels[index] ?? 0, label)
  return delta.build()
}
