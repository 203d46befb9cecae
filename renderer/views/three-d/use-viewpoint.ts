import { nextTick, watch } from 'vue'
import { usePoseStore } from '../../stores/pose.js'
import { useVolumeStore } from '../../stores/volume.js'
import { useXraysStore } from '../../stores/xrays.js'
import type { VtkView } from './use-vtk-view.js'

export interface Viewpoint {
  showPatient(): void
  showCarm(): void
}

/** Where the 3D view is seen from: from the patient's left, front and above, superior up. */
export function useViewpoint(view: VtkView): Viewpoint {
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()

  function look(): void {
    const camera = view.renderer.getActiveCamera()
    camera.setFocalPoint(0, 0, 0)
    camera.setPosition(1.6, -1, 0.5)
    camera.setViewUp(0, 0, 1)
  }

  /** vtk.js fits a sphere into the view's height: closer than that, but never wider than the view. */
  function frame(): void {
    view.renderer.getActiveCamera().zoom(1.25 * Math.min(1, view.aspect()))
    view.renderer.resetCameraClippingRange()
    view.requestRender()
  }

  function showPatient(): void {
    const { bounds, isocentreMm } = volumes
    if (bounds === null || isocentreMm === null) return
    look()
    const { minMm, maxMm } = bounds
    view.renderer.resetCamera([minMm[0], maxMm[0], minMm[1], maxMm[1], minMm[2], maxMm[2]])
    frame()
  }

  function showCarm(): void {
    look()
    view.renderer.resetCamera()
    frame()
  }

  look()
  watch(
    [() => volumes.volume, () => xrays.xrays.length, () => pose.placements] as const,
    () => void nextTick(xrays.xrays.length > 0 ? showCarm : showPatient),
    { immediate: true },
  )
  return { showPatient, showCarm }
}
