import vtkSphereSource from '@kitware/vtk.js/Filters/Sources/SphereSource'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import { computed, onScopeDispose, watch, type Ref } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { nearest, type PlaceOnScreen } from '../../points/draw-points.js'
import { usePointsStore } from '../../points/points-store.js'
import { useLabelSurfacesStore } from '../../stores/label-surfaces.js'
import { useLabelsStore } from '../../stores/labels.js'
import { useViewsStore } from '../../stores/views.js'
import { useVolumeStore } from '../../stores/volume.js'
import { firstHit, valueSampler } from './first-hit.js'
import { rgb } from './rgb.js'
import type { VtkView } from './use-vtk-view.js'
import { rayThrough, seenAt, type Eye } from './viewing-ray.js'

const radiusMm = 2.5
const selectedRadiusMm = 3.6
/** A hand that clicks trembles by this many CSS pixels. */
const clickTolerance = 3

interface Ball {
  readonly source: vtkSphereSource
  readonly mapper: vtkMapper
  readonly actor: vtkActor
}

/** The points in the 3D view: balls that are placed by clicks on a surface, and dragged over it. */
export function useSurfacePoints(view: VtkView, container: Readonly<Ref<HTMLElement | null>>): void {
  const points = usePointsStore()
  const volumes = useVolumeStore()
  const views = useViewsStore()
  const labels = useLabelsStore()
  const surfaces = useLabelSurfacesStore()
  const balls = new Map<number, Ball>()
  const sampler = computed(() => (volumes.volume === null ? null : valueSampler(volumes.volume.display)))

  function add(id: number): Ball {
    const source = vtkSphereSource.newInstance({ thetaResolution: 20, phiResolution: 14 })
    const mapper = vtkMapper.newInstance({ scalarVisibility: false })
    const actor = vtkActor.newInstance()
    mapper.setInputConnection(source.getOutputPort())
    actor.setMapper(mapper)
    actor.getProperty().set({ ambient: 0.4, specular: 0.2 })
    view.renderer.addActor(actor)
    const ball = { source, mapper, actor }
    balls.set(id, ball)
    return ball
  }

  function remove(id: number, { source, mapper, actor }: Ball): void {
    view.renderer.removeActor(actor)
    actor.delete()
    mapper.delete()
    source.delete()
    balls.delete(id)
  }

  watch(
    [() => points.shown, () => points.selectedId] as const,
    ([shown, selectedId]) => {
      const placed = shown.flatMap((pair) =>
        pair.positionMm === null ? [] : [{ ...pair, at: pair.positionMm }],
      )
      for (const [id, ball] of balls) if (!placed.some((pair) => pair.id === id)) remove(id, ball)
      for (const { id, at, colour } of placed) {
        const { source, actor } = balls.get(id) ?? add(id)
        source.setCenter(at[0], at[1], at[2])
        source.setRadius(id === selectedId ? selectedRadiusMm : radiusMm)
        actor.getProperty().setColor(...rgb(colour))
      }
      view.renderer.resetCameraClippingRange()
      view.requestRender()
    },
    { immediate: true },
  )

  function eye(): Eye {
    const camera = view.renderer.getActiveCamera()
    return {
      positionMm: camera.getPosition(),
      focalPointMm: camera.getFocalPoint(),
      viewUp: camera.getViewUp(),
      viewAngleDeg: camera.getViewAngle(),
    }
  }

  /** The nearest place of a shown surface under a point of the screen. */
  function pick(at: PlaceOnScreen): Vector3 | null {
    const { bounds, volume } = volumes
    const value = sampler.value
    if (bounds === null || volume === null || value === null) return null
    const shownLabels = surfaces.isShown ? new Set(labels.visible) : null
    const isInside = (pointMm: Vector3): boolean => {
      if (views.isBoneShown && value(pointMm) >= volumes.surfaceThreshold) return true
      const label = shownLabels === null ? null : labels.labelAt(pointMm)
      return label !== null && shownLabels?.has(label) === true
    }
    const stepMm = Math.min(...volume.display.grid.spacingMm) / 2
    return firstHit(rayThrough(eye(), view.size.value, at), bounds, stepMm, isInside)
  }

  function under(at: PlaceOnScreen): number | null {
    const seen = points.shown.flatMap(({ id, positionMm }) => {
      const place = positionMm === null ? null : seenAt(eye(), view.size.value, positionMm)
      return place === null ? [] : [[id, place] as const]
    })
    return nearest(seen, at)
  }

  let dragCount = 0
  let listening = new AbortController()

  function listen(element: HTMLElement): void {
    listening = new AbortController()
    // Before vtk's own listeners, which turn the view.
    const options = { signal: listening.signal, capture: true }
    let pressedAt: PlaceOnScreen | null = null
    let held: number | null = null
    const at = (event: PointerEvent): PlaceOnScreen => {
      const box = element.getBoundingClientRect()
      return { x: event.clientX - box.left, y: event.clientY - box.top }
    }
    element.addEventListener(
      'pointerdown',
      (event) => {
        if (event.button !== 0) return
        pressedAt = at(event)
        held = under(pressedAt)
        if (held === null) return
        event.stopImmediatePropagation()
        element.setPointerCapture(event.pointerId)
        if (!points.isPlacing) points.select(held)
        dragCount++
      },
      options,
    )
    element.addEventListener(
      'pointermove',
      (event) => {
        if (held === null) return
        event.stopImmediatePropagation()
        const place = pick(at(event))
        if (place !== null && hasMoved(pressedAt, at(event))) points.movePosition(held, place, -dragCount)
      },
      options,
    )
    element.addEventListener(
      'pointerup',
      (event) => {
        const isClick = pressedAt !== null && event.button === 0 && !hasMoved(pressedAt, at(event))
        if (held !== null) event.stopImmediatePropagation()
        if (isClick && points.isPlacing) {
          const place = pick(at(event))
          if (place !== null) points.placePosition(place)
        } else if (isClick && held !== null) {
          points.lookAt(held)
        }
        pressedAt = null
        held = null
      },
      options,
    )
  }

  watch(
    container,
    (element) => {
      listening.abort()
      if (element !== null) listen(element)
    },
    { immediate: true, flush: 'post' },
  )

  onScopeDispose(() => {
    listening.abort()
    for (const [id, ball] of balls) remove(id, ball)
  })
}

function hasMoved(from: PlaceOnScreen | null, to: PlaceOnScreen): boolean {
  return from === null || Math.hypot(to.x - from.x, to.y - from.y) > clickTolerance
}
