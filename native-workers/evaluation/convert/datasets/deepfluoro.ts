import { type Matrix4, type Vector2 } from '../../../contract/matrix.js'
import { cameraFromDeepfluoro, poseFromDeepfluoro } from '../../../geometry/adapters/deepfluoro.js'
import { turnedByHalf } from '../../../geometry/adapters/projection-matrices.js'
import { type Hdf5File } from '../../../imaging/hdf5/hdf5-file.js'
import { type DatasetProjection, type DatasetReader, type NamedPoint } from './dataset.js'
import { matrix3At, numberAt, rigidAt, vector2At, vector3At } from './hdf5-values.js'
import { turnedPixel, turnedPixels } from './picture-turns.js'
import { readVoxels, volumeShape } from './read-voxels.js'

/*
 * DeepFluoro's full-resolution file (Grupp et al., IPCAI 2020; specification §5): CTs of six specimens with structures,
 * landmarks and 366 fluoroscopic images. Voxels are row-major with z first, LPS mm.
 */
export const deepfluoro: DatasetReader = {
  specimens: (file) =>
    file
      .keys('')
      .filter((id) => file.kindOf(`${id}/projections`) === 'group')
      .map((id) => ({ id, projections: file.keys(`${id}/projections`).length })),

  open: (file, id) => {
    const landmarks = pointsOf(file, `${id}/vol-landmarks`, vector3At)
    const labels = `${id}/vol-seg/labels-def`
    return {
      readVolume: (onSlice) => readLpsVolume(file, `${id}/vol`, onSlice),
      readLabels:
        file.kindOf(`${id}/vol-seg/image`) === 'group'
          ? (onSlice) => readLpsVolume(file, `${id}/vol-seg/image`, onSlice)
          : null,
      labelNames:
        file.kindOf(labels) === 'group'
          ? file
              .keys(labels)
              .map((label) => ({ label: Number(label), name: file.text(`${labels}/${label}`) }))
          : [],
      landmarks,
      projections: file.keys(`${id}/projections`).map((name) => projection(file, id, name)),
      warnings: [],
    }
  },
}

function readLpsVolume(file: Hdf5File, group: string, onSlice: (fraction: number) => void) {
  const pixels = `${group}/pixels`
  const [nz, ny, nx] = volumeShape(file, pixels)
  const geometry = {
    spacingMm: vector3At(file, `${group}/spacing`),
    originMm: vector3At(file, `${group}/origin`),
    direction: matrix3At(file, `${group}/dir-mat`),
  }
  return readVoxels(file, pixels, [nx, ny, nz], geometry, (k, j, i) => i + nx * (j + ny * k), onSlice)
}

const structures = [
  { name: '', pose: 'cam-to-pelvis-vol', isGood: null },
  { name: 'left-femur', pose: 'cam-to-left-femur-vol', isGood: 'left-femur-good-fov' },
  { name: 'right-femur', pose: 'cam-to-right-femur-vol', isGood: 'right-femur-good-fov' },
] as const

function projection(file: Hdf5File, id: string, name: string): DatasetProjection {
  const group = `${id}/projections/${name}`
  const [height, width] = file.describe(`${group}/image/pixels`).shape
  const turned = numberAt(file, `${group}/rot-180-for-up`) !== 0
  const place = (camToVolume: Matrix4) => {
    const described = {
      extrinsic: rigidAt(file, 'proj-params/extrinsic'),
      intrinsic: matrix3At(file, 'proj-params/intrinsic'),
      imageSize: { width, height },
      pixelSpacingMm: [
        numberAt(file, 'proj-params/pixel-col-spacing'),
        numberAt(file, 'proj-params/pixel-row-spacing'),
      ] satisfies Vector2,
      camToVolume,
    }
    const camera = cameraFromDeepfluoro(described)
    const pose = poseFromDeepfluoro(described)
    const [turnedCamera, turnedPose] = turned
      ? turnedByHalf(camera, pose.cameraFromVolume)
      : [camera, pose.cameraFromVolume]
    return { camera: turnedCamera, cameraFromVolume: turnedPose, mirroredColumns: pose.mirroredColumns }
  }
  const poses = structures
    .filter(({ pose }) => file.kindOf(`${group}/gt-poses/${pose}`) === 'dataset')
    // Where too little of a femur is seen, its pose is not to be relied on.
    .filter(({ isGood }) => isGood === null || numberAt(file, `${group}/gt-poses/${isGood}`) !== 0)
    .map((structure) => ({
      name: structure.name,
      ...place(rigidAt(file, `${group}/gt-poses/${structure.pose}`)),
    }))
  const { camera, mirroredColumns } = place(rigidAt(file, `${group}/gt-poses/cam-to-pelvis-vol`))
  const turns = { width, height, mirroredColumns, turned }
  return {
    name,
    camera,
    poses,
    mirroredColumns,
    turned,
    landmarks: pointsOf(file, `${group}/gt-landmarks`, vector2At).map((point) => ({
      name: point.name,
      position: turnedPixel(point.position, turns),
    })),
    readPixels: () => turnedPixels(file.slab(`${group}/image/pixels`, 0, height), turns),
  }
}

function pointsOf<Position>(
  file: Hdf5File,
  group: string,
  read: (file: Hdf5File, path: string) => Position,
): NamedPoint<Position>[] {
  if (file.kindOf(group) !== 'group') return []
  return file.keys(group).map((name) => ({ name, position: read(file, `${group}/${name}`) }))
}
