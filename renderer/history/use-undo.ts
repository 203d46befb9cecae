import { computed, type ComputedRef } from 'vue'
import { text } from '../text/en.js'
import { useHistoryStore } from './history-store.js'

interface UndoState {
  /** Why nothing can be undone now; null when it can. */
  readonly undoMissing: ComputedRef<string | null>
  readonly redoMissing: ComputedRef<string | null>
  /** What would be undone, with its key. */
  readonly undoTitle: ComputedRef<string>
  readonly redoTitle: ComputedRef<string>
}

/** What the buttons for undo and redo say. */
export function useUndoState(): UndoState {
  const history = useHistoryStore()
  const words = text.history
  const held = computed(() => history.locked ?? (history.isTravelling ? words.travelling : null))
  return {
    undoMissing: computed(() => held.value ?? (history.nextUndo === null ? words.nothingToUndo : null)),
    redoMissing: computed(() => held.value ?? (history.nextRedo === null ? words.nothingToRedo : null)),
    undoTitle: computed(() => (history.nextUndo === null ? words.undo : words.undoOf(history.nextUndo))),
    redoTitle: computed(() => (history.nextRedo === null ? words.redo : words.redoOf(history.nextRedo))),
  }
}
