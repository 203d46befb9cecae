import { text } from '../text/en.js'

/** What a hand can do, as shown in the list; the keys that work everywhere are in {@link globalKeys}. */
export const shortcutGroups: readonly {
  readonly title: string
  readonly rows: readonly (readonly [keys: string, action: string])[]
}[] = [
  { title: text.shortcuts.slices, rows: text.shortcuts.sliceRows },
  { title: text.shortcuts.xray, rows: text.shortcuts.xrayRows },
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
}

/** The action of a key press; null when it has none or belongs to a field that is being edited. */
export function globalAction(event: KeyboardEvent): GlobalAction | null {
  if (event.target instanceof Element && event.target.closest('input, select, textarea') !== null) return null
  const held = `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.shiftKey ? 'shift+' : ''}`
  return globalKeys[held + event.key.toLowerCase()] ?? null
}
