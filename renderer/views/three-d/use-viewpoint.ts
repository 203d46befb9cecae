import { nextTick, watch } from 'vue'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { detectorCornersMm } from '../../geometry/camera.js'
import { fitPerspective } from '../../geometry/fit-perspective.js'
import { cornersOf } from '../../geometry/grid.js'
import { inverseRigid, multiply4, transformPoint } from '../../geometry/math.js'
import { usePoseStore } from '../../stores/pose.js'
import { useVolumeStore } from '../../stores/volume.js'
import { useXraysStore } from '../../stores/xrays.js'
import { detectorDepthMm } from './detector-depth.js'
import type { VtkView } from './use-vtk-view.js'
import { directionTowardsEye } from './viewpoint-direction.js'

export interface Viewpoint {
  showPatient(): void
  showCarm(): void
}

const up: Vector3 = [0, 0, 1]
/** Room for the title above and the controls below. */
const fill = 0.86

/**
 * Where the 3D view is seen from. It is framed anew when other things are shown; a changed size or a pose that was
 * placed anew frames it only as long as no hand has turned it.
 */
export function useViewpoint(view: VtkView): Viewpoint {
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  let framed: 'patient' | 'carm' = 'patient'

  /** Sources and detector corners in the volume's frame. */
  function carmPoints(): { sources: Vector3[]; corners: Vector3[] } {
    const volumeFromWorld = inverseRigid(pose.worldFromVolume)
    const cameras = xrays.xrays.flatMap(({ camera }) => (camera === null ? [] : [camera]))
    return {
      sources: cameras.map((camera) =>
        transformPoint(multiply4(volumeFromWorld, inverseRigid(camera.cameraFromWorld)), [0, 0, 0]),
      ),
      corners: cameras.flatMap((camera) =>
        detectorCornersMm(camera, detectorDepthMm(camera, pose.numbers.zMm)).map((corner) =>
          transformPoint(volumeFromWorld, corner),
        ),
      ),
    }
  }

  function frame(): void {
    const { bounds, isocentreMm } = volumes
    const { sources, corners } = carmPoints()
    const patient = bounds === null ? [] : cornersOf(bounds)
    const points = framed === 'patient' ? patient : [...patient, ...sources, ...corners]
    if (points.length === 0) return
    const camera = view.renderer.getActiveCamera()
    const pivot = isocentreMm ?? [0, 0, 0]
    const { positionMm, focalPointMm } = fitPerspective(
      points,
      pivot,
      directionTowardsEye(sources, pivot),
      up,
      {
        viewAngleDeg: camera.getViewAngle(),
        aspect: view.aspect(),
        fill,
      },
    )
    camera.setPosition(...positionMm)
    camera.setFocalPoint(...focalPointMm)
    camera.setViewUp(...up)
    view.renderer.resetCameraClippingRange()
    view.wasTurned.value = false
    view.requestRender()
  }

  function showPatient(): void {
    framed = 'patient'
    frame()
  }

  function showCarm(): void {
    framed = 'carm'
    frame()
  }

  // Before anything is open, the orientation cube already stands as it will.
  const camera = view.renderer.getActiveCamera()
  camera.setPosition(...directionTowardsEye([], [0, 0, 0]))
  camera.setViewUp(...up)
  watch(
    [() => volumes.volume, () => xrays.xrays.length] as const,
    () => void nextTick(xrays.xrays.length > 0 ? showCarm : showPatient),
    { immediate: true },
  )
  watch([view.size, () => pose.placements] as const, () => {
    if (!view.wasTurned.value) void nextTick(frame)
  })
  return { showPatient, showCarm }
}
