import { computed, type ComputedRef } from 'vue'
import { uncropped } from '../geometry/camera-edits.js'
import { usePoseStore } from '../stores/pose.js'
import { useXraysStore } from '../stores/xrays.js'
import { usePointsStore } from './points-store.js'
import { reprojectionError, rootMeanSquare, type ErrorSize, type ReprojectionError } from './reprojection.js'

export interface Reprojection {
  /** Of a pair over all X-rays that see it; those that neither do nor have a camera are left out. */
  readonly ofPair: ComputedRef<ReadonlyMap<number, ErrorSize>>
  /** Over all pairs and X-rays. */
  readonly total: ComputedRef<ErrorSize | null>
}

/** How well the present pose brings the CT's points onto those of the X-rays; follows every change of either. */
export function useReprojection(): Reprojection {
  const points = usePointsStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()

  const errors = computed<ReadonlyMap<number, readonly ReprojectionError[]>>(() => {
    if (points.isOfOtherVolume) return new Map()
    const cameras = xrays.xrays.flatMap(({ id, camera, source }) =>
      camera === null ? [] : [{ id, camera: uncropped(camera, source.preprocessing.crop) }],
    )
    return new Map(
      points.pairs.map(({ id, positionMm, pixels }) => [
        id,
        cameras.flatMap(({ id: xrayId, camera }) => {
          const pixel = pixels.get(xrayId)
          if (pixel === undefined || positionMm === null) return []
          const error = reprojectionError(camera, pose.worldFromVolume, positionMm, pixel)
          return error === null ? [] : [error]
        }),
      ]),
    )
  })
  const ofPair = computed(
    () =>
      new Map(
        [...errors.value].flatMap(([id, list]) => {
          const rms = rootMeanSquare(list)
          return rms === null ? [] : [[id, rms] as const]
        }),
      ),
  )
  const total = computed(() => rootMeanSquare([...errors.value.values()].flat()))
  return { ofPair, total }
}
