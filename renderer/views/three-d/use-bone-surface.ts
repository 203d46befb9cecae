import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import { onScopeDispose, watch } from 'vue'
import { useViewsStore } from '../../stores/views.js'
import { useVolumeStore } from '../../stores/volume.js'
import { useShownPlaceStore } from '../../transforms/shown-place.js'
import { boneColour } from '../../ui/colours.js'
import { identity4 } from '../../geometry/math.js'
import { rgb } from './rgb.js'
import { surfaceMesh } from './surface-mesh.js'
import type { VtkView } from './use-vtk-view.js'
import { vtkMatrix } from './vtk-matrix.js'

/** The CT's bone in the view, in LPS millimetres, where the CT is shown. */
export function useBoneSurface(view: VtkView): void {
  const volumes = useVolumeStore()
  const views = useViewsStore()
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.getProperty().set({ color: rgb(boneColour), specular: 0.15, specularPower: 20, ambient: 0.12 })

  watch(
    () => (views.isBoneShown ? volumes.surface : null),
    (surface) => {
      view.renderer.removeActor(actor)
      if (surface !== null && surface.polygons.length > 0) {
        mapper.setInputData(surfaceMesh(surface))
        view.renderer.addActor(actor)
      }
      // The depth was measured before the surface was there.
      view.renderer.resetCameraClippingRange()
      view.requestRender()
    },
    { immediate: true },
  )

  const place = useShownPlaceStore()
  watch(
    () => place.ct,
    (movedFromVolume) => {
      actor.setUserMatrix(vtkMatrix(movedFromVolume ?? identity4))
      view.renderer.resetCameraClippingRange()
      view.requestRender()
    },
    { immediate: true },
  )

  onScopeDispose(() => {
    view.renderer.removeActor(actor)
    actor.delete()
    mapper.delete()
  })
}
