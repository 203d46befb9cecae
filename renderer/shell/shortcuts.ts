import { text } from '../text/en.js'

/** What a hand can do, as shown in the list; the keys that work everywhere are in {@link globalKeys}. */
export const shortcutGroups: readonly {
  readonly title: string
  readonly rows: readonly (readonly [keys: string, action: string])[]
}[] = [
  { title: text.shortcuts.slices, rows: text.shortcuts.sliceRows },
  { title: text.shortcuts.xray, rows: text.shortcuts.xrayRows },
  { title: text.shortcuts.labels, rows: text.shortcuts.labelRows },
  { title: text.shortcuts.fields, rows: text.shortcuts.fieldRows },
  { title: text.shortcuts.general, rows: text.shortcuts.generalRows },
]

export type GlobalAction =
  | 'undo'
  | 'redo'
  | 'register'
  | 'cancel'
  | 'save'
  | 'side-by-side'
  | 'blend'
  | 'checkerboard'
  | 'difference'
  | 'edges'
  | 'flicker'
  | 'swipe'

/** Keys that work wherever no field has the focus. */
const globalKeys: Readonly<Record<string, GlobalAction>> = {
  'ctrl+z': 'undo',
  'ctrl+y': 'redo',
  'ctrl+shift+z': 'redo',
  'ctrl+s': 'save',
  f5: 'register',
  escape: 'cancel',
  '1': 'side-by-side',
  '2': 'blend',
  '3': 'checkerboard',
  '4': 'difference',
  '5': 'edges',
  '6': 'flicker',
  '7': 'swipe',
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea') !== null

const textTypes: readonly string[] = ['text', 'search', 'number', 'email', 'password', 'tel', 'url']

/**
 * Whether an element has an undo of its own, of what is typed into it. A number that was taken is a step of the window's
 * undo: its text brought back would be taken anew on leaving the field.
 */
export function hasTextUndo(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) {
    return textTypes.includes(target.type) && target.dataset['nothingTyped'] === undefined
  }
  return target instanceof HTMLTextAreaElement
}

/** The action of a key press; null when it has none or belongs to a field that is being edited. */
export function globalAction(event: KeyboardEvent): GlobalAction | null {
  const held = `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}${event.shiftKey ? 'shift+' : ''}`
  const action = globalKeys[held + event.key.toLowerCase()] ?? null
  const belongsToControl =
    action === 'undo' || action === 'redo' ? hasTextUndo(event.target) : isControl(event.target)
  return belongsToControl ? null : action
}
