import { resolve } from 'node:path'
import { readImageDicomFileSeriesNode } from '@itk-wasm/dicom'
import { UserError, throwIfCancelled } from '../../contract/errors.js'
import { undecodableError } from '../input-file.js'
import { decodedImage } from '../itk/decoded-image.js'
import { withQuietConsole } from '../itk/quiet-console.js'
import { type VoxelArray } from '../volume.js'
import { compactIntegers, zerosLike } from '../voxel-values.js'
import { type PlacedSlice } from './placed-slices.js'

/** Slices per decoder call: keeps its heap small and lets a cancellation through in between. */
const slicesPerCall = 64
const positionToleranceMm = 1e-2

async function decodeSome(
  slices: readonly PlacedSlice[],
): Promise<{ voxels: VoxelArray; storedType: string }> {
  const [first] = slices
  const name = first?.header.dataSet.path ?? ''
  const output = await withQuietConsole(() =>
    readImageDicomFileSeriesNode({
      inputImages: slices.map(({ header }) => resolve(header.dataSet.path)),
      singleSortedSeries: true,
    }),
  ).catch(() => undefined)
  if (output === undefined || first === undefined) throw undecodableError(name, 'a DICOM series')
  const image = decodedImage(output.outputImage)
  if (image.components !== 1) {
    throw new UserError(
      'format-unsupported',
      `"${first.header.name}" holds colour pictures; a volume needs one value per voxel.`,
      'Choose another series.',
    )
  }
  const { columns, rows } = first.header
  const isComplete = image.pixels.length === columns * rows * slices.length
  const isPlacedAlike =
    first.header.positionMm === undefined ||
    first.positionMm.every(
      (value, axis) => Math.abs(value - (image.originMm[axis] ?? NaN)) < positionToleranceMm,
    )
  if (!isComplete || !isPlacedAlike) throw undecodableError(name, 'part of its series')
  return { voxels: compactIntegers(image.pixels), storedType: image.componentType }
}

/**
 * Decodes sorted slices, rescaled to HU, into one array with columns fastest. The decoder trusts the given order and
 * makes up its own geometry, so only its pixels are used, after checking that it read the same slices. Errors:
 * `file-unreadable`, `format-unsupported`, `cancelled`.
 */
export async function decodeSlices(
  slices: readonly PlacedSlice[],
  signal?: AbortSignal,
): Promise<{ voxels: VoxelArray; storedType: string }> {
  const parts: VoxelArray[] = []
  let storedType = ''
  for (let start = 0; start < slices.length; start += slicesPerCall) {
    throwIfCancelled(signal)
    const part = await decodeSome(slices.slice(start, start + slicesPerCall))
    parts.push(part.voxels)
    storedType ||= part.storedType
  }
  const [first] = parts
  if (first === undefined) return { voxels: new Int16Array(0), storedType }
  if (parts.length === 1) return { voxels: first, storedType }
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const haveOneType = parts.every((part) => part.constructor === first.constructor)
  const voxels = haveOneType ? zerosLike(first, length) : new Float32Array(length)
  let offset = 0
  for (const part of parts) {
    voxels.set(part, offset)
    offset += part.length
  }
  return { voxels, storedType }
}
