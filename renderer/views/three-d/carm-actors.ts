import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData'
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData'
import vtkSphereSource from '@kitware/vtk.js/Filters/Sources/SphereSource'
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor'
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper'
import vtkTexture from '@kitware/vtk.js/Rendering/Core/Texture'
import type { Camera } from '../../../native-workers/contract/files/camera.js'
import type { Vector3 } from '../../../native-workers/contract/matrix.js'
import { backProject, detectorCornersMm } from '../../geometry/camera.js'
import { inverseRigid, transformPoint } from '../../geometry/math.js'
import type { OpenXrayOutput } from '../../../native-workers/contract/operations/xray.js'
import { percentileRange, reducePicture } from '../xray/float-picture.js'
import { rgb } from './rgb.js'

const frustumColour = '#3f5f76'
const principalRayColour = '#b4bac0'
/** Longest side of the X-ray on the detector. */
const textureSide = 512

/** Everything here is opaque: one translucent object costs a software renderer several passes more. */
function lineActor(segments: readonly (readonly [Vector3, Vector3])[], colour: string): vtkActor {
  const lines = vtkPolyData.newInstance()
  lines.getPoints().setData(Float32Array.from(segments.flat(2)), 3)
  lines.getLines().setData(Uint32Array.from(segments.flatMap((_, i) => [2, 2 * i, 2 * i + 1])))
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  mapper.setInputData(lines)
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.getProperty().set({ color: rgb(colour), lighting: false, lineWidth: 1 })
  return actor
}

function sourceActor(centreMm: Vector3, colour: string): vtkActor {
  const sphere = vtkSphereSource.newInstance({
    center: [...centreMm],
    radius: 9,
    thetaResolution: 24,
    phiResolution: 16,
  })
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  mapper.setInputConnection(sphere.getOutputPort())
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.getProperty().set({ color: rgb(colour) })
  return actor
}

/** The X-ray's greys as a texture whose first row is the picture's top row. */
function xrayTexture(picture: OpenXrayOutput['picture']): vtkTexture {
  const reduced = reducePicture(picture, textureSide)
  const { low, high } = percentileRange(reduced, 0.005, 0.995)
  const values = new Uint8Array(reduced.pixels.length * 3)
  reduced.pixels.forEach((value, i) => {
    const grey = Math.min(255, Math.max(0, ((value - low) / (high - low)) * 255))
    values.fill(reduced.valid?.[i] === 0 ? grey * 0.4 : grey, i * 3, i * 3 + 3)
  })
  const image = vtkImageData.newInstance()
  image.setDimensions([reduced.width, reduced.height, 1])
  image.getPointData().setScalars(vtkDataArray.newInstance({ numberOfComponents: 3, values }))
  const texture = vtkTexture.newInstance({ interpolate: true })
  texture.setInputData(image)
  return texture
}

function detectorActor(corners: readonly Vector3[], picture: OpenXrayOutput['picture']): vtkActor {
  const quad = vtkPolyData.newInstance()
  quad.getPoints().setData(Float32Array.from(corners.flat()), 3)
  quad.getPolys().setData(Uint32Array.from([4, 0, 1, 2, 3]))
  quad.getPointData().setTCoords(
    vtkDataArray.newInstance({
      name: 'TextureCoordinates',
      numberOfComponents: 2,
      values: Float32Array.from([0, 0, 1, 0, 1, 1, 0, 1]),
    }),
  )
  const mapper = vtkMapper.newInstance({ scalarVisibility: false })
  mapper.setInputData(quad)
  const actor = vtkActor.newInstance()
  actor.setMapper(mapper)
  actor.addTexture(xrayTexture(picture))
  actor.getProperty().set({ lighting: false })
  return actor
}

/**
 * One C-arm in world LPS millimetres: source, frustum, principal ray and the detector with its X-ray, placed at
 * `detectorDepthMm` from the source.
 */
export function carmActors(
  camera: Camera,
  picture: OpenXrayOutput['picture'],
  detectorDepthMm: number,
  colour: string,
): readonly vtkActor[] {
  const worldFromCamera = inverseRigid(camera.cameraFromWorld)
  const source = transformPoint(worldFromCamera, [0, 0, 0])
  const corners = detectorCornersMm(camera, detectorDepthMm)
  const [[, , cx], [, , cy]] = camera.intrinsics
  const principal = transformPoint(worldFromCamera, backProject(camera, [cx, cy], detectorDepthMm))
  const [a, b, c, d] = corners
  const outline = [[a, b], [b, c], [c, d], [d, a]] as const // prettier-ignore
  return [
    detectorActor(corners, picture),
    lineActor(
      corners.map((corner) => [source, corner] as const),
      frustumColour,
    ),
    lineActor(outline, colour),
    lineActor([[source, principal]], principalRayColour),
    sourceActor(source, colour),
  ]
}
