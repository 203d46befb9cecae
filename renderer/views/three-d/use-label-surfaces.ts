import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import { onScopeDispose, watch } from 'vue'
import type { Surface } from '../../data/display-volume.js'
import { useLabelSurfacesStore } from '../../stores/label-surfaces.js'
import { useLabelsStore } from '../../stores/labels.js'
import { useShownPlaceStore } from '../../transforms/shown-place.js'
import { identity4 } from '../../geometry/math.js'
import { rgb } from './rgb.js'
import { surfaceMesh } from './surface-mesh.js'
import type { VtkView } from './use-vtk-view.js'
import { vtkMatrix } from './vtk-matrix.js'

interface Shown {
  readonly surface: Surface
  readonly actor: vtkActor
  readonly mapper: vtkMapper
}

/** The labels in the view, in LPS millimetres where they are shown, in the colours of the slices. */
export function useLabelSurfaces(view: VtkView): void {
  const labels = useLabelsStore()
  const surfaces = useLabelSurfacesStore()
  const place = useShownPlaceStore()
  const actors = new Map<number, Shown>()

  function add(label: number, surface: Surface): Shown {
    const mapper = vtkMapper.newInstance({ scalarVisibility: false })
    const actor = vtkActor.newInstance()
    mapper.setInputData(surfaceMesh(surface))
    actor.setMapper(mapper)
    actor.setUserMatrix(vtkMatrix(place.labels ?? identity4))
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

  watch(
    () => place.labels,
    (movedFromVolume) => {
      for (const { actor } of actors.values()) actor.setUserMatrix(vtkMatrix(movedFromVolume ?? identity4))
      view.renderer.resetCameraClippingRange()
      view.requestRender()
    },
  )

  onScopeDispose(() => {
    for (const [label, present] of actors) remove(label, present)
  })
}
