import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import { onScopeDispose, watch } from 'vue'
import type { Surface } from '../../data/display-volume.js'
import { useLabelSurfacesStore } from '../../stores/label-surfaces.js'
import { useLabelsStore } from '../../stores/labels.js'
import { rgb } from './rgb.js'
import { surfaceMesh } from './surface-mesh.js'
import type { VtkView } from './use-vtk-view.js'

interface Shown {
  readonly surface: Surface
  readonly actor: vtkActor
  readonly mapper: vtkMapper
}

/** The labels in the view, in the volume's own LPS millimetres and in the colours of the slices. */
export function useLabelSurfaces(view: VtkView): void {
  const labels = useLabelsStore()
  const surfaces = useLabelSurfacesStore()
  const actors = new Map<number, Shown>()

  function add(label: number, surface: Surface): Shown {
    const mapper = vtkMapper.newInstance({ scalarVisibility: false })
    const actor = vtkActor.newInstance()
    mapper.setInputData(surfaceMesh(surface))
    actor.setMapper(mapper)
    actor.getProperty().set({ specular: 0.12, specularPower: 20, ambient: 0.14 })
    view.renderer.addActor(actor)
    const shown = { surface, actor, mapper }
    actors.set(label, shown)
    return shown
  }

  function remove(label: number, { actor, mapper }: Shown): void {
    view.renderer.removeActor(actor)
    actor.delete()
    mapper.delete()
    actors.delete(label)
  }

  watch(
    [() => surfaces.shown, () => labels.look.paints],
    ([shown]) => {
      const wanted = new Map(shown.map(({ label, surface }) => [label, surface]))
      for (const [label, present] of actors) {
        if (wanted.get(label) !== present.surface) remove(label, present)
      }
      for (const [label, surface] of wanted) {
        if (surface.polygons.length === 0) continue
        const { actor } = actors.get(label) ?? add(label, surface)
        actor.getProperty().setColor(...rgb(labels.colourOf(label)))
      }
      // The depth was measured before the surface was there.
      view.renderer.resetCameraClippingRange()
      view.requestRender()
    },
    { immediate: true },
  )

  onScopeDispose(() => {
    for (const [label, present] of actors) remove(label, present)
  })
}
