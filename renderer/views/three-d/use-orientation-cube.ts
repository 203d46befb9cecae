import vtkOrientationMarkerWidget from '@kitware/vtk.js/Interaction/Widgets/OrientationMarkerWidget'
import vtkAnnotatedCubeActor from '@kitware/vtk.js/Rendering/Core/AnnotatedCubeActor'
import { onScopeDispose } from 'vue'
import type { VtkView } from './use-vtk-view.js'

const face = {
  fontFamily: 'Roboto, sans-serif',
  fontColor: '#d6dbe0',
  faceColor: '#2a3139',
  edgeThickness: 0.06,
  edgeColor: '#59636e',
  resolution: 128,
}

/** A small cube whose faces carry the patient's directions. */
export function useOrientationCube(view: VtkView): void {
  const cube = vtkAnnotatedCubeActor.newInstance()
  cube.setDefaultStyle(face)
  cube.setXPlusFaceProperty({ text: 'L' })
  cube.setXMinusFaceProperty({ text: 'R' })
  cube.setYPlusFaceProperty({ text: 'P' })
  cube.setYMinusFaceProperty({ text: 'A' })
  cube.setZPlusFaceProperty({ text: 'S' })
  cube.setZMinusFaceProperty({ text: 'I' })
  const widget = vtkOrientationMarkerWidget.newInstance({ actor: cube, interactor: view.interactor })
  widget.setEnabled(true)
  widget.setViewportCorner(vtkOrientationMarkerWidget.Corners.BOTTOM_LEFT)
  widget.setViewportSize(0.14)
  widget.setMinPixelSize(56)
  widget.setMaxPixelSize(84)
  onScopeDispose(() => {
    widget.setEnabled(false)
    widget.delete()
    cube.delete()
  })
}
