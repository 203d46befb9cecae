import { text } from '../text/en.js'
import type { LabelEdit } from './model/edits.js'

/** What an edit is called where it can be undone. */
export function editTitle(edit: LabelEdit): string {
  const words = text.history.edit
  switch (edit.kind) {
    case 'stroke':
      return edit.label === 0 ? words.erase : words.paint(edit.label)
    case 'threshold':
      return words.threshold(edit.label)
    case 'islands':
      return words.islands(edit.label)
    case 'margin':
      return words.margin(edit.label)
    case 'fill-holes':
      return words.holes(edit.label)
    case 'smooth':
      return words.smoothing(edit.label)
    case 'relabel': {
      const labels = edit.changes.map(([from]) => from)
      return edit.changes.every(([, to]) => to === 0) ? words.deletion(labels) : words.renumbering(labels)
    }
    case 'scissors':
      return edit.scissors.action === 'fill-inside' ? words.filled(edit.scissors.label) : words.cut
    case 'logic':
      return words.logic[edit.operation](edit.label)
    case 'undo':
      return text.history.undo
    case 'redo':
      return text.history.redo
  }
}
