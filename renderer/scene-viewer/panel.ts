import type { SceneDocument } from '../../native-workers/contract/files/scene-document.js'

export interface PanelActions {
  readonly viewpoints: readonly { readonly label: string; readonly onChoose: () => void }[]
  readonly parts: readonly {
    readonly key: string
    readonly label: string
    readonly isShownFirst: boolean
    readonly onToggle: (isShown: boolean) => void
  }[]
  readonly onOpacity: (opacity: number) => void
}

/** The scene's name, its viewpoints, what is shown, and its facts. */
export function addPanel(parent: HTMLElement, scene: SceneDocument, actions: PanelActions): void {
  const panel = make('aside', 'panel')
  panel.append(make('h1', '', scene.title))
  const views = make('div', 'buttons')
  for (const { label, onChoose } of actions.viewpoints) {
    const button = make('button', '', label)
    button.type = 'button'
    button.addEventListener('click', onChoose)
    views.append(button)
  }
  const parts = make('div', 'parts')
  for (const { key, label, isShownFirst, onToggle } of actions.parts) {
    const box = make('input')
    Object.assign(box, { type: 'checkbox', id: `part-${key}`, checked: isShownFirst })
    box.addEventListener('change', () => onToggle(box.checked))
    parts.append(labelled(label, box))
  }
  const opacity = make('input')
  Object.assign(opacity, { type: 'range', id: 'opacity', min: '0.1', max: '1', step: '0.05', value: '1' })
  opacity.addEventListener('input', () => actions.onOpacity(Number(opacity.value)))
  const facts = make('dl')
  for (const { name, value } of scene.facts) facts.append(make('dt', '', name), make('dd', '', value))
  panel.append(views, parts, labelled('Opacity of the surface', opacity), facts)
  panel.append(make('p', 'help', 'Drag to turn, Shift and drag to move, wheel to zoom.'))
  parent.append(panel)
}

function labelled(text: string, control: HTMLInputElement): HTMLLabelElement {
  const label = make('label', control.type)
  label.append(control, text)
  return label
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text = '',
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  if (className !== '') element.className = className
  if (text !== '') element.textContent = text
  return element
}
