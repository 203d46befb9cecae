import type vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import { onScopeDispose, watch, type Ref } from 'vue'
import type { Matrix4 } from '../../../native-workers/contract/matrix.js'
import { inverseRigid } from '../../geometry/math.js'
import { usePoseStore } from '../../stores/pose.js'
import { useXraysStore, type OpenedXray } from '../../stores/xrays.js'
import { accentColour } from '../../ui/colours.js'
import { carmActors } from './carm-actors.js'
import { detectorDepthMm } from './detector-depth.js'
import type { VtkView } from './use-vtk-view.js'
import { vtkMatrix } from './vtk-matrix.js'

const otherColour = '#7f8b96'

/** Every X-ray's C-arm around the patient, who stays still: world objects seen through volumeFromWorld. */
export function useCarms(view: VtkView, worldFromVolume: Readonly<Ref<Matrix4>>): void {
  const xrays = useXraysStore()
  const pose = usePoseStore()
  let actors: readonly vtkActor[] = []

  function clear(): void {
    for (const actor of actors) {
      view.renderer.removeActor(actor)
      actor.getMapper()?.delete()
      actor.delete()
    }
  }

  function place(): void {
    const volumeFromWorld = vtkMatrix(inverseRigid(worldFromVolume.value))
    for (const actor of actors) actor.setUserMatrix(volumeFromWorld)
    view.requestRender()
  }

  function build(shown: readonly OpenedXray[], activeId: number | null): void {
    clear()
    actors = shown.flatMap(({ id, camera, opened }) => {
      if (camera === null) return []
      const depthMm = detectorDepthMm(camera, pose.numbers.zMm)
      return carmActors(camera, opened.picture, depthMm, id === activeId ? accentColour : otherColour)
    })
    for (const actor of actors) view.renderer.addActor(actor)
    place()
  }

  watch(
    [() => xrays.xrays, () => xrays.activeId] as const,
    ([shown, activeId]) => {
      build(shown, activeId)
    },
    { immediate: true },
  )
  watch(worldFromVolume, place)
  onScopeDispose(clear)
}
