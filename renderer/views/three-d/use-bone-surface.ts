import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import { onScopeDispose, watch } from 'vue'
import { useVolumeStore } from '../../stores/volume.js'
import { boneColour } from '../../ui/colours.js'
import { rgb } from './rgb.js'
import type { VtkView } from './use-vtk-view.js'

/** The CT's bone in the view, in the volume's own LPS millimetres. */
export function useBoneSurface(view: VtkView): void {
  const volumes = useVolumeStore()
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.getProperty().set({ color: rgb(boneColour), specular: 0.15, specularPower: 20, ambient: 0.12 })

  watch(
    () => volumes.surface,
    (surface) => {
      view.renderer.removeActor(actor)
      if (surface !== null && surface.polygons.length > 0) {
        const mesh = vtkPolyData.newInstance()
        mesh.getPoints().setData(surface.points, 3)
        mesh.getPolys().setData(surface.polygons)
        mesh
          .getPointData()
          .setNormals(
            vtkDataArray.newInstance({ name: 'Normals', numberOfComponents: 3, values: surface.normals }),
          )
        mapper.setInputData(mesh)
        view.renderer.addActor(actor)
      }
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
