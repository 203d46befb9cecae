import { z } from 'zod'
import { vector3Schema } from '../matrix.js'
import { geometryIssueSchema, volumeGridSchema } from './volume.js'

export const openLabelsInputSchema = z.object({
  path: z.string().min(1),
  /** The grid of the CT's display copy: the labels are shown voxel by voxel over it. */
  grid: volumeGridSchema.refine(
    ({ size }) => size.every((n) => Number.isInteger(n) && n > 0) && size[0] * size[1] * size[2] <= 2 ** 30,
    'The grid has no voxels, or too many.',
  ),
  /** Folder for the display copy. */
  cacheFolder: z.string().min(1),
})

/** One label of a map as it lies on the asked grid. */
export const openedLabelSchema = z.object({
  label: z.int().positive(),
  /** As the names file beside the map calls it; null where there is none. */
  name: z.string().nullable(),
  voxelCount: z.int().positive(),
  /** Centre of mass, LPS mm. */
  centreMm: vector3Schema,
  /** First and last voxel index along i, j, k that the label reaches. */
  box: z.object({ first: vector3Schema, last: vector3Schema }),
})
export type OpenedLabel = z.infer<typeof openedLabelSchema>

export const openLabelsOutputSchema = z.object({
  /** Ascending. */
  labels: z.array(openedLabelSchema),
  /** Raw labels on the asked grid, little endian, i fastest. */
  display: z.object({ file: z.string(), bytesPerVoxel: z.union([z.literal(1), z.literal(2)]) }),
  /** The file that the names were read from. */
  namesFile: z.string().nullable(),
  issues: z.array(geometryIssueSchema),
})
export type OpenLabelsInput = z.infer<typeof openLabelsInputSchema>
export type OpenLabelsOutput = z.infer<typeof openLabelsOutputSchema>
