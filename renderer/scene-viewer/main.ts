import '@kitware/vtk.js/Rendering/Profiles/Geometry'
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow'
import type { SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import { backdropOf } from './backdrops.js'
import { addLetters } from './letters.js'
import { addPanel, type PanelActions } from './panel.js'
import { sceneParts } from './parts.js'
import style from './style.css?inline'
import { orbitOf, type OrbitScope } from './orbit.js'
import { fill, place, up, usualViewAngleDeg, viewpointsOf } from './viewpoints.js'

/** Added to the page's address for a photograph: the picture alone, without controls, on a background. */
const pictureHash = /^#picture(?:-(white|black))?$/

declare global {
  interface Window {
    /** In a page opened for photographs: looks at the scene from a share of a whole turn round the patient. */
    turnScene?: (share: number, scope: OrbitScope) => void
  }
}

/**
 * The stand-alone viewer: shows the scene's document in the page. `data-state` of the page's root becomes `ready`
 * once the first picture stands, or `failed`.
 */
async function show(scene: SceneDocument): Promise<void> {
  const container = document.createElement('div')
  const picture = pictureHash.exec(location.hash)
  const isPicture = picture !== null
  const backdrop = backdropOf(picture?.[1])
  document.documentElement.dataset['backdrop'] = backdrop.name
  container.className = isPicture ? 'view' : 'view beside-panel'
  document.body.append(container)
  const view = vtkGenericRenderWindow.newInstance({ background: [...backdrop.background] })
  view.setContainer(container)
  view.resize()
  const renderer = view.getRenderer()
  const render = (): void => view.getRenderWindow().render()
  const parts = await sceneParts(scene, backdrop)
  for (const { actors, isShownFirst } of parts) {
    for (const actor of actors) {
      actor.setVisibility(isShownFirst)
      renderer.addActor(actor)
    }
  }
  const letters = addLetters(container, renderer, scene)
  renderer.getActiveCamera().onModified(() => letters.update())
  new ResizeObserver(() => {
    view.resize()
    letters.update()
  }).observe(container)

  const viewpoints = viewpointsOf(scene)
  const look = ({ apply }: (typeof viewpoints)[number]): void => {
    apply(renderer, container.clientWidth / Math.max(1, container.clientHeight))
    letters.update()
    render()
  }
  const actions: PanelActions = {
    viewpoints: viewpoints.map((viewpoint) => ({
      label: viewpoint.label,
      onChoose: () => look(viewpoint),
    })),
    parts: parts.map(({ key, label, isShownFirst, actors }) => ({
      ...{ key, label, isShownFirst },
      onToggle: (isShown) => {
        for (const actor of actors) actor.setVisibility(isShown)
        if (key === 'box') letters.show(isShown)
        render()
      },
    })),
    onOpacity: (opacity) => {
      const surface = parts.find(({ key }) => key === 'surface')
      for (const actor of surface?.actors ?? []) actor.getProperty().setOpacity(opacity)
      render()
    },
  }
  if (!isPicture) addPanel(document.body, scene, actions)
  else {
    window.turnScene = (share, scope) => {
      const view = {
        viewAngleDeg: usualViewAngleDeg,
        aspect: container.clientWidth / Math.max(1, container.clientHeight),
        fill,
      }
      place(renderer, { ...orbitOf(scene, scope, view)(share), viewUp: up, viewAngleDeg: usualViewAngleDeg })
      letters.update()
      render()
    }
  }
  look(viewpoints[0])
}

const sheet = new CSSStyleSheet()
sheet.replaceSync(style)
document.adoptedStyleSheets = [sheet]
const { dataset } = document.documentElement
const text = document.getElementById('scene')?.textContent ?? ''
show(JSON.parse(text) as SceneDocument).then(
  () => requestAnimationFrame(() => (dataset['state'] = 'ready')),
  (error: unknown) => {
    const sentence = document.createElement('p')
    sentence.className = 'failure'
    sentence.textContent = `The scene can't be shown: ${error instanceof Error ? error.message : String(error)}`
    document.body.append(sentence)
    dataset['state'] = 'failed'
  },
)
