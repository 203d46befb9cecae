import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import { onScopeDispose, watch, type Ref } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { indexFromVolume } from '../../geometry/grid.js'
import { add, scale, subtract, transformPoint, transpose3, unit } from '../../geometry/math.js'
import { boxFaces, cornersMm, faceCentreMm, movedBy, withFaceAt } from '../../steps/crop/box/crop-box.js'
import type { BoxFace, CropBox } from '../../steps/crop/box/crop-box.js'
import { useCropBoxStore } from '../../steps/crop/box/store.js'
import { accentColour } from '../../ui/colours.js'
import { alongAxisMm, onFacingPlaneMm, type SightLine } from './box-drag.js'
import { rgb } from './rgb.js'
import type { VtkView } from './use-vtk-view.js'

/** What is held: the handle of a face, or the one in the middle, which moves the whole box. */
type Handle = BoxFace | 'middle'

interface Hold {
  readonly handle: Handle
  readonly before: CropBox
  readonly startMm: Vector3
  /** Where along the axis, or in space, the pointer took hold. */
  readonly gripMm: number | Vector3
}

/** CSS pixels around a handle that take hold of it. */
const reach = 11
const handleSize = 9
/** The twelve edges as vtk cells: pairs of corners whose numbers differ by one bit. */
const edgeCells = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((corner) =>
  [1, 2, 4].flatMap((bit) => ((corner & bit) === 0 ? [2, corner, corner | bit] : [])),
)

function flatActor(colour: string): { data: vtkPolyData; mapper: vtkMapper; actor: vtkActor } {
  const data = vtkPolyData.newInstance()
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  mapper.setInputData(data)
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.getProperty().set({ color: rgb(colour), lighting: false, lineWidth: 1.5, pointSize: handleSize })
  return { data, mapper, actor }
}

/** Between two opposite corners. */
function middleMm(box: CropBox): Vector3 {
  const [first, , , , , , , last] = cornersMm(box)
  return first === undefined || last === undefined ? [0, 0, 0] : scale(add(first, last), 0.5)
}

const handleMm = (box: CropBox, handle: Handle): Vector3 =>
  handle === 'middle' ? middleMm(box) : faceCentreMm(box, handle)

const handles: readonly Handle[] = [...boxFaces, 'middle']

/** The crop box in the view: a wireframe with a handle on every face and one in the middle. */
export function useCropBox(view: VtkView, container: Readonly<Ref<HTMLElement | null>>): void {
  const boxes = useCropBoxStore()
  const frame = flatActor(accentColour)
  const points = flatActor(accentColour)
  frame.data.getLines().setData(Uint32Array.from(edgeCells))
  points.data.getVerts().setData(Uint32Array.from([handles.length, ...handles.keys()]))
  let held: Hold | null = null
  let isIn = false

  function show(box: CropBox | null): void {
    if (box !== null) {
      for (const [{ data }, places] of [
        [frame, cornersMm(box)],
        [points, handles.map((handle) => handleMm(box, handle))],
      ] as const) {
        data.getPoints().setData(Float32Array.from(places.flat()), 3)
        data.modified()
      }
    }
    if ((box !== null) !== isIn) {
      isIn = box !== null
      for (const { actor } of [frame, points]) {
        if (isIn) view.renderer.addActor(actor)
        else view.renderer.removeActor(actor)
      }
    }
    view.renderer.resetCameraClippingRange()
    view.requestRender()
  }

  /** CSS pixels from the container's top-left corner. */
  function toScreen(pointMm: Vector3): { x: number; y: number } {
    const { width, height } = view.size.value
    const [x, y] = view.renderer.worldToNormalizedDisplay(...pointMm, width / height)
    return { x: (x ?? 0) * width, y: (1 - (y ?? 0)) * height }
  }

  function sightThrough({ x, y }: { x: number; y: number }): SightLine {
    const { width, height } = view.size.value
    const at = (depth: number): Vector3 => {
      const [a = 0, b = 0, c = 0] = view.renderer.normalizedDisplayToWorld(
        x / width,
        1 - y / height,
        depth,
        width / height,
      )
      return [a, b, c]
    }
    const near = at(0)
    return { pointMm: near, direction: unit(subtract(at(1), near)) }
  }

  function handleAt(at: { x: number; y: number }): Handle | null {
    const box = boxes.shown
    if (box === null) return null
    const distances = handles.map((handle) => {
      const { x, y } = toScreen(handleMm(box, handle))
      return Math.hypot(x - at.x, y - at.y)
    })
    const nearest = distances.indexOf(Math.min(...distances))
    return (distances[nearest] ?? Infinity) <= reach ? (handles[nearest] ?? null) : null
  }

  /** The place of the pointer that counts for a handle: along its axis, or on the plane that faces the eye. */
  function grip(
    box: CropBox,
    handle: Handle,
    startMm: Vector3,
    at: { x: number; y: number },
  ): number | Vector3 | null {
    const sight = sightThrough(at)
    if (handle !== 'middle') return alongAxisMm(startMm, transpose3(box.grid.direction)[handle.axis], sight)
    const [x, y, z] = view.renderer.getActiveCamera().getDirectionOfProjection()
    return onFacingPlaneMm(startMm, [x, y, z], sight)
  }

  const placeOf = (event: PointerEvent): { x: number; y: number } => {
    const box = container.value?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }

  function onDown(event: PointerEvent): void {
    const at = placeOf(event)
    const handle = event.button === 0 ? handleAt(at) : null
    const before = boxes.shown
    if (handle === null || before === null) return
    const startMm = handleMm(before, handle)
    const gripMm = grip(before, handle, startMm, at)
    if (gripMm === null) return
    held = { handle, before, startMm, gripMm }
    container.value?.setPointerCapture(event.pointerId)
    event.preventDefault()
    event.stopPropagation()
  }

  function onMove(event: PointerEvent): void {
    const at = placeOf(event)
    if (held === null) {
      const handle = event.buttons === 0 ? handleAt(at) : null
      if (container.value !== null) container.value.style.cursor = handle === null ? '' : 'move'
      return
    }
    event.stopPropagation()
    const { handle, before, startMm, gripMm } = held
    const now = grip(before, handle, startMm, at)
    if (now === null) return
    if (handle === 'middle') {
      if (typeof now === 'number' || typeof gripMm === 'number') return
      const toIndex = indexFromVolume(before.grid)
      const voxels = subtract(transformPoint(toIndex, now), transformPoint(toIndex, gripMm))
      boxes.preview(movedBy(before, voxels))
    } else if (typeof now === 'number' && typeof gripMm === 'number') {
      const voxels = (now - gripMm) / before.grid.spacingMm[handle.axis]
      const index = transformPoint(indexFromVolume(before.grid), startMm)[handle.axis]
      boxes.preview(withFaceAt(before, handle, index + voxels))
    }
  }

  function onUp(event: PointerEvent): void {
    if (held === null) return
    boxes.record(held.before)
    held = null
    event.stopPropagation()
  }

  let listening = new AbortController()
  watch(
    container,
    (element) => {
      listening.abort()
      if (element === null) return
      listening = new AbortController()
      // Before vtk.js hears of them: a drag of a handle must not turn the view.
      const options = { capture: true, signal: listening.signal }
      element.addEventListener('pointerdown', onDown, options)
      element.addEventListener('pointermove', onMove, options)
      element.addEventListener('pointerup', onUp, options)
      element.addEventListener('pointercancel', onUp, options)
    },
    { immediate: true, flush: 'post' },
  )
  watch(() => boxes.shown, show, { immediate: true })

  onScopeDispose(() => {
    listening.abort()
    for (const { data, mapper, actor } of [frame, points]) {
      view.renderer.removeActor(actor)
      actor.delete()
      mapper.delete()
      data.delete()
    }
  })
}
