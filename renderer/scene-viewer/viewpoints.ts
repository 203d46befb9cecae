import type vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer'
import type { SceneCarm, SceneDocument } from '../../native-workers/contract/files/scene-document.js'
import type { Vector3 } from '../../native-workers/contract/matrix.js'
import { fitPerspective } from '../geometry/fit-perspective.js'
import { add, length, scale, subtract, unit } from '../geometry/math.js'
import { directionTowardsEye } from '../views/three-d/viewpoint-direction.js'

export interface Viewpoint {
  readonly label: string
  readonly apply: (renderer: vtkRenderer, aspect: number) => void
}

export const up: Vector3 = [0, 0, 1]
export const fill = 0.9
export const usualViewAngleDeg = 30
/** The volume fills less of a single view, so that letters have room beside it. */
const volumeFill = 0.8

/** The whole C-arm first, then the volume from its standard sides, then what each X-ray's source sees. */
export function viewpointsOf(scene: SceneDocument): readonly [Viewpoint, ...Viewpoint[]] {
  const { isocentreMm, boxCornersMm, carms } = scene
  const sources = carms.map(({ sourceMm }) => sourceMm)
  const everything = [
    ...boxCornersMm,
    ...sources,
    ...carms.flatMap(({ detectorCornersMm }) => detectorCornersMm),
  ]
  const towards = directionTowardsEye(sources, isocentreMm)
  const fitted =
    (points: readonly Vector3[], direction: Vector3, share: number): Viewpoint['apply'] =>
    (renderer, aspect) => {
      const view = { viewAngleDeg: usualViewAngleDeg, aspect, fill: share }
      const { positionMm, focalPointMm } = fitPerspective(points, isocentreMm, direction, up, view)
      place(renderer, { positionMm, focalPointMm, viewUp: up, viewAngleDeg: usualViewAngleDeg })
    }
  return [
    { label: 'Everything', apply: fitted(everything, towards, fill) },
    { label: 'Volume', apply: fitted(boxCornersMm, towards, volumeFill) },
    { label: 'Front', apply: fitted(boxCornersMm, [0, -1, 0], volumeFill) },
    { label: 'Left side', apply: fitted(boxCornersMm, [1, 0, 0], volumeFill) },
    ...carms.map((carm, index) => ({
      label: carms.length > 1 ? `From source ${index + 1}` : 'From the source',
      apply: fromSource(carm),
    })),
  ]
}

/** As the X-ray was taken: rows run down the window, the whole detector is in sight. */
function fromSource({ sourceMm, detectorCornersMm }: SceneCarm): Viewpoint['apply'] {
  const [topLeft, topRight, , bottomLeft] = detectorCornersMm
  const middle = scale(add(topRight, bottomLeft), 0.5)
  const depth = length(subtract(middle, sourceMm))
  const tangents = {
    height: length(subtract(topLeft, bottomLeft)) / 2 / depth,
    width: length(subtract(topLeft, topRight)) / 2 / depth,
  }
  return (renderer, aspect) => {
    // The eye looks at the picture's middle, not along the principal ray, so that a detector off the axis fits too.
    const tangent = Math.max(tangents.height, tangents.width / aspect) / fill
    const viewUp = unit(subtract(topLeft, bottomLeft))
    const viewAngleDeg = (2 * Math.atan(tangent) * 180) / Math.PI
    // A focal point inside the volume keeps turning by hand about the patient.
    const focalPointMm = add(sourceMm, scale(subtract(middle, sourceMm), 0.7))
    place(renderer, { positionMm: sourceMm, focalPointMm, viewUp, viewAngleDeg })
  }
}

interface Eye {
  readonly positionMm: Vector3
  readonly focalPointMm: Vector3
  readonly viewUp: Vector3
  readonly viewAngleDeg: number
}

export function place(renderer: vtkRenderer, { positionMm, focalPointMm, viewUp, viewAngleDeg }: Eye): void {
  const camera = renderer.getActiveCamera()
  camera.setPosition(...positionMm)
  camera.setFocalPoint(...focalPointMm)
  camera.setViewUp(...viewUp)
  camera.setViewAngle(viewAngleDeg)
  renderer.resetCameraClippingRange()
}
