import { defineStore } from 'pinia'
import { computed, ref, shallowRef, triggerRef } from 'vue'
import type { Vector2 } from '../../native-workers/contract/matrix.js'
import { useHistoryStore } from '../history/history-store.js'
import { stem } from '../points/stem.js'
import { joinPath } from '../steps/shared/paths.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { useRegistrationStore } from '../stores/registration.js'
import { useXraysStore } from '../stores/xrays.js'
import { text } from '../text/en.js'
import {
  everything,
  flip,
  outsideCircle,
  outsideRectangle,
  stroke,
  uncroppedMask,
  validFraction,
  type Mask,
  type MaskFlip,
  unionOf,
  type PixelBox,
} from './mask.js'

export const maskTools = ['none', 'erase', 'add', 'rectangle', 'circle'] as const
export type MaskTool = (typeof maskTools)[number]

/** A mask that is being painted, of one X-ray; its pixels change in place. */
export interface MaskDraft {
  readonly xrayId: number
  readonly mask: Mask
  /** Tells its states apart: the present one, and the one that the X-ray has. */
  state: number
  applied: number
}

/** Painting the mask of an X-ray. What is painted counts once it is applied, which writes a mask file. */
export const useMaskStore = defineStore('xray-mask', () => {
  const history = useHistoryStore()
  const xrays = useXraysStore()
  const folders = useOutputFolderStore()
  const messages = useMessagesStore()
  const registration = useRegistrationStore()
  const tool = ref<MaskTool>('none')
  const diameterPixels = ref(60)
  const draft = shallowRef<MaskDraft | null>(null)
  /** The newest change of the draft's pixels, for what is drawn from them; null: all may have changed. */
  const changedBox = shallowRef<PixelBox | null>(null)
  const isSaving = ref(false)
  let latestState = 0

  /** The draft of the shown X-ray, to be changed in place. */
  const ofShownXray = (): MaskDraft | null => (draft.value?.xrayId === xrays.activeId ? draft.value : null)
  /**
   * The draft of the shown X-ray, to look at. A copy each time, with the same mask: a computed value that stays the
   * same object tells nobody that its pixels are others.
   */
  const shown = computed((): Readonly<MaskDraft> | null => {
    const present = ofShownXray()
    return present === null ? null : { ...present }
  })
  const isDirty = computed(() => shown.value !== null && shown.value.state !== shown.value.applied)
  const fraction = computed(() => (shown.value === null ? null : validFraction(shown.value.mask)))
  const missing = computed(() => {
    if (xrays.active === null) return text.mask.missing.xray
    if (registration.isRunning) return text.mask.missing.running
    if (!isDirty.value) return text.mask.missing.nothing
    return fraction.value === 0 ? text.mask.missing.empty : null
  })

  /** The draft of the shown X-ray, begun with the mask that it has. */
  function begun(): MaskDraft | null {
    const { active } = xrays
    if (active === null || registration.isRunning) return null
    const present = ofShownXray()
    if (present !== null) return present
    const mask = uncroppedMask(active.opened.picture, active.source.preprocessing.crop)
    return { xrayId: active.id, mask, state: 0, applied: 0 }
  }

  /** Puts a changed draft into sight; the same object tells by `triggerRef` that its pixels are others. */
  function show(next: MaskDraft | null, box: PixelBox | null): void {
    changedBox.value = box
    if (draft.value === next) triggerRef(draft)
    else draft.value = next
  }

  function change(label: string, flipFor: (mask: Mask) => MaskFlip | null): void {
    const present = begun()
    const flipped = present === null ? null : flipFor(present.mask)
    if (present === null || flipped === null) return
    flip(present.mask, flipped)
    recordFlips(label, present, [flipped])
  }

  /** Makes what was flipped one change of the history. */
  function recordFlips(label: string, present: MaskDraft, flips: readonly MaskFlip[]): void {
    const before = present.state
    const after = ++latestState
    const turn = (state: number): void => {
      for (const part of flips) flip(present.mask, part)
      present.state = state
      show(present, null)
    }
    present.state = after
    show(present, null)
    history.record({ scope: 'xrays', label, undo: () => turn(before), redo: () => turn(after) })
  }

  /** A stroke is one change of the history, however many moves it is made of. */
  let strokeParts: MaskFlip[] = []
  let strokeBox: PixelBox | null = null

  function strokeTo(from: Vector2, to: Vector2): void {
    const present = begun()
    if (present === null || (tool.value !== 'erase' && tool.value !== 'add')) return
    const value = tool.value === 'erase' ? 0 : 1
    const part = stroke(present.mask, from, to, diameterPixels.value / 2, value)
    if (part === null) return
    flip(present.mask, part)
    strokeParts.push(part)
    // Several parts may be drawn at once.
    strokeBox = strokeBox === null ? part : unionOf(strokeBox, part)
    show(present, strokeBox)
  }

  function endStroke(): void {
    const parts = strokeParts
    const present = draft.value
    strokeParts = []
    strokeBox = null
    if (parts.length === 0 || present === null) return
    recordFlips(text.mask.changes[tool.value === 'add' ? 'add' : 'erase'], present, parts)
  }

  /** Leaves out what is outside the rectangle or the circle that was drawn. */
  function collimate(from: Vector2, to: Vector2): void {
    if (tool.value === 'rectangle') {
      change(text.mask.changes.rectangle, (mask) => outsideRectangle(mask, from, to))
    } else if (tool.value === 'circle') {
      change(text.mask.changes.circle, (mask) => outsideCircle(mask, from, to))
    }
  }

  function includeAll(): void {
    change(text.mask.changes.all, everything)
  }

  /** Goes back to the mask that the X-ray has. */
  function discard(): void {
    const before = ofShownXray()
    tool.value = 'none'
    if (before === null) return
    show(null, null)
    history.record({
      scope: 'xrays',
      label: text.mask.changes.discard,
      undo: () => show(before, null),
      redo: () => show(null, null),
    })
  }

  /** Writes the painted mask and reads the X-ray with it. */
  async function apply(): Promise<void> {
    const present = ofShownXray()
    const xray = xrays.active
    if (missing.value !== null || present === null || xray === null || isSaving.value) return
    if (folders.folder === null) await folders.choose()
    if (folders.folder === null) return
    isSaving.value = true
    const { mask, state } = present
    const outcome = await window.isocenter.run('save-mask', {
      folder: joinPath(folders.folder, 'masks'),
      name: stem(xray.opened.name),
      width: mask.width,
      height: mask.height,
      // A copy: strokes go on meanwhile.
      valid: Uint8Array.from(mask.valid),
    }).promise
    isSaving.value = false
    if (!outcome.ok) {
      messages.showError(outcome.error)
      return
    }
    present.applied = state
    tool.value = 'none'
    show(present, null)
    await xrays.reopen(xray.id, { ...xray.source, maskPath: outcome.output.path }, xray.cameraSource)
  }

  return {
    tool,
    diameterPixels,
    draft,
    shown,
    changedBox,
    isDirty,
    isSaving,
    fraction,
    missing,
    strokeTo,
    endStroke,
    collimate,
    includeAll,
    discard,
    apply,
  }
})
