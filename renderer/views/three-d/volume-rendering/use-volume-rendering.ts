import '@kitware/vtk.js/Rendering/Profiles/Volume'
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData'
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction'
import vtkPlane from '@kitware/vtk.js/Common/DataModel/Plane'
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction'
import vtkVolume from '@kitware/vtk.js/Rendering/Core/Volume'
import vtkVolumeMapper from '@kitware/vtk.js/Rendering/Core/VolumeMapper'
import { onScopeDispose, watch } from 'vue'
import { identity4, transpose3 } from '../../../geometry/math.js'
import { graphics } from '../../../composables/graphics.js'
import { boxFaces, faceCentreMm, type CropBox } from '../../../steps/crop/box/crop-box.js'
import { useCropBoxStore } from '../../../steps/crop/box/store.js'
import { useVolumeRenderingStore } from '../../../stores/volume-rendering.js'
import { useShownPlaceStore } from '../../../transforms/shown-place.js'
import { rgb } from '../rgb.js'
import type { VtkView } from '../use-vtk-view.js'
import { vtkMatrix } from '../vtk-matrix.js'
import { byteOf, opacityLengthMm, volumePresets, type VolumePresetName } from './presets.js'
import { useRenderingCopy, type RenderingCopy } from './use-copy.js'

/** Way between two samples, in voxels; without a GPU the processor takes them. */
const stepVoxels = graphics.kind === 'hardware' ? 0.7 : 1.4
/** How much longer it is while a hand turns the view. */
const movingFactor = graphics.kind === 'hardware' ? 1.5 : 2

function imageOf({ grid, bytes }: RenderingCopy): vtkImageData {
  const image = vtkImageData.newInstance({ spacing: [...grid.spacingMm], origin: [...grid.originMm] })
  image.setDimensions([...grid.size])
  // vtk.js wants the columns one after the other: the unit vectors of i, j and k.
  const [i, j, k] = transpose3(grid.direction)
  image.setDirection([...i, ...j, ...k])
  image.getPointData().setScalars(vtkDataArray.newInstance({ numberOfComponents: 1, values: bytes }))
  return image
}

/** Six planes whose normals point into the box. */
function clippingPlanes(box: CropBox): vtkPlane[] {
  const directions = transpose3(box.grid.direction)
  return boxFaces.map((face) => {
    const sign = face.side === 'first' ? 1 : -1
    const [x, y, z] = directions[face.axis]
    return vtkPlane.newInstance({
      origin: [...faceCentreMm(box, face)],
      normal: [sign * x, sign * y, sign * z],
    })
  })
}

/** The CT's voxels themselves in the view, by the chosen preset, in the volume's own LPS millimetres. */
export function useVolumeRendering(view: VtkView): void {
  const rendering = useVolumeRenderingStore()
  const boxes = useCropBoxStore()
  const place = useShownPlaceStore()
  const copy = useRenderingCopy()
  const opacity = vtkPiecewiseFunction.newInstance()
  const colours = vtkColorTransferFunction.newInstance()
  const mapper = vtkVolumeMapper.newInstance()
  mapper.setInteractionSampleDistanceFactor(movingFactor)
  const volume = vtkVolume.newInstance()
  volume.setMapper(mapper)
  const property = volume.getProperty()
  property.setRGBTransferFunction(0, colours)
  property.setScalarOpacity(0, opacity)
  property.setScalarOpacityUnitDistance(0, opacityLengthMm)
  property.setInterpolationTypeToLinear()
  property.set({ ambient: 0.25, diffuse: 0.8, specular: 0.15, specularPower: 12 })
  let image: vtkImageData | null = null

  function look(name: VolumePresetName, { range }: RenderingCopy): void {
    const preset = volumePresets[name]
    opacity.removeAllPoints()
    for (const [value, share] of preset.opacity)
      opacity.addPoint(byteOf(value + rendering.shift, range), share)
    colours.removeAllPoints()
    for (const [value, colour] of preset.colours) {
      colours.addRGBPoint(byteOf(value + rendering.shift, range), ...rgb(colour))
    }
    property.setShade(preset.isShaded)
    if (preset.blend === 'maximum') mapper.setBlendModeToMaximumIntensity()
    else mapper.setBlendModeToComposite()
  }

  function clip(): void {
    mapper.removeAllClippingPlanes()
    if (rendering.isClipped && boxes.shown !== null) mapper.setClippingPlanes(clippingPlanes(boxes.shown))
  }

  function show(made: RenderingCopy | null): void {
    view.renderer.removeVolume(volume)
    image?.delete()
    image = made === null ? null : imageOf(made)
    rendering.drawnSize = made === null ? null : made.grid.size.join(' x ')
    if (made === null || image === null) return
    const step = Math.min(...made.grid.spacingMm) * stepVoxels
    const diagonalMm = Math.hypot(
      ...made.grid.size.map((count, axis) => count * (made.grid.spacingMm[axis] ?? 0)),
    )
    mapper.set({ sampleDistance: step, maximumSamplesPerRay: Math.ceil(diagonalMm / step) + 1 })
    mapper.setInputData(image)
    view.renderer.addVolume(volume)
  }

  watch(
    copy,
    (made) => {
      show(made)
      clip()
      if (made !== null && rendering.preset !== null) look(rendering.preset, made)
      view.renderer.resetCameraClippingRange()
      view.requestRender()
    },
    { immediate: true },
  )
  watch(
    () => place.ct,
    (moved) => {
      volume.setUserMatrix(vtkMatrix(moved ?? identity4))
      if (copy.value !== null) view.requestRender()
    },
    { immediate: true },
  )
  watch(
    () => rendering.shift,
    () => {
      if (copy.value === null || rendering.preset === null) return
      look(rendering.preset, copy.value)
      view.requestRender()
    },
  )
  watch([() => boxes.shown, () => rendering.isClipped], () => {
    if (copy.value === null) return
    clip()
    view.requestRender()
  })

  onScopeDispose(() => {
    view.renderer.removeVolume(volume)
    rendering.drawnSize = null
    image?.delete()
    volume.delete()
    mapper.delete()
    opacity.delete()
    colours.delete()
  })
}
