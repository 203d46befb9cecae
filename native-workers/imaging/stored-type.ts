import { type VoxelArray } from './volume.js'

/**
 * Voxels in the integer type that their file stores. Reading makes 32-bit integers compact where they fit into 16 bits;
 * a step that only selects voxels gives the file's type back. 64-bit integers stay as they were read.
 */
export function inStoredType(voxels: VoxelArray, storedType: string): VoxelArray {
  if (!(voxels instanceof Int16Array)) return voxels
  if (storedType === 'int32') return Int32Array.from(voxels)
  if (storedType === 'uint32') return Uint32Array.from(voxels)
  return voxels
}
