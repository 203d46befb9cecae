import { computed, onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { reduceCamera } from '../../geometry/camera.js'
import { useEngineStore } from '../../stores/engine.js'
import { usePoseStore } from '../../stores/pose.js'
import { useRegistrationSettingsStore } from '../../stores/registration-settings.js'
import { useRegistrationStore } from '../../stores/registration.js'
import { useVolumeStore } from '../../stores/volume.js'
import { useXraysStore } from '../../stores/xrays.js'
import type { FloatPicture } from './float-picture.js'

/** Longest image side of a small DRR. */
const side = 160
/** After the pose came to rest: the large DRR follows the hand, the small ones come after it. */
const restsAfterMs = 500

/** Small DRRs of all X-rays at the present pose, by the X-ray's id; those of the last rest while the pose moves. */
export function useStripDrrs(): Readonly<ShallowRef<ReadonlyMap<number, FloatPicture>>> {
  const engine = useEngineStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const registration = useRegistrationStore()
  const settings = useRegistrationSettingsStore()
  const drrs = shallowRef<ReadonlyMap<number, FloatPicture>>(new Map())
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const wanted = computed(() => {
    const { volume, labels } = volumes
    if (volume === null || !engine.isReady || registration.isRunning || xrays.xrays.length < 2) return null
    const { attenuation, boneMultiplier } = settings.settings
    return {
      request: {
        volume: volume.source,
        ...(labels === null ? {} : { labels }),
        worldFromVolume: pose.worldFromVolume,
        attenuation,
        boneMultiplier,
        quality: 'preview' as const,
      },
      views: xrays.xrays.flatMap(({ id, camera }) => (camera === null ? [] : [{ id, camera }])),
    }
  })

  async function render({ request, views }: NonNullable<typeof wanted.value>): Promise<void> {
    const mine = ++turn
    const made = new Map<number, FloatPicture>()
    for (const { id, camera } of views) {
      const options = { client: `strip-${id}` }
      const input = { ...request, camera: reduceCamera(camera, side) }
      const outcome = await window.isocenter.run('render-drr', input, options).promise
      if (mine !== turn) return
      if (outcome.ok) made.set(id, { ...outcome.output, valid: null })
    }
    drrs.value = made
  }

  watch(
    wanted,
    (next) => {
      clearTimeout(timer)
      if (next === null) return
      timer = setTimeout(() => void render(next), restsAfterMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    turn++
  })
  return drrs
}
