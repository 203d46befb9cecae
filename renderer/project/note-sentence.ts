import type { ProjectNote } from '../../native-workers/contract/window/projects.js'
import { text } from '../text/en.js'
import { fileName } from '../text/format.js'

/** A note about an opened project as a sentence. */
export function noteSentence(note: ProjectNote): string {
  switch (note.kind) {
    case 'folder-read-only':
      return text.project.notes.readOnly
    case 'open-elsewhere':
      return text.project.notes.openElsewhere(note.host)
    case 'not-closed':
      return text.project.notes.notClosed
    case 'previous-state':
      return text.project.notes.previousState
    case 'changed':
      return text.project.notes.changed(fileName(note.path))
    case 'missing':
      return text.project.notes.missing(fileName(note.path))
  }
}
