import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { Camera } from '../../native-workers/contract/files/camera.js'
import type { Matrix4 } from '../../native-workers/contract/matrix.js'
import type { OperationRequest } from '../../native-workers/contract/operations/index.js'
import type { WireError } from '../../native-workers/contract/wire-error.js'
import { latestOnly } from '../composables/latest-only.js'
import { reduceCamera } from '../geometry/camera.js'
import { useEngineStore } from './engine.js'
import { usePoseStore } from './pose.js'
import { finestPreviewSide, nextPreviewSide } from './preview-side.js'
import { useRegistrationSettingsStore } from './registration-settings.js'
import { useVolumeStore } from './volume.js'
import { useXraysStore } from './xrays.js'

/** Longest image side once the pose rests. */
const restingSide = 512
const restsAfterMs = 350

export interface ShownDrr {
  readonly width: number
  readonly height: number
  /** Line integrals, row-major, top row first. */
  readonly pixels: Float32Array
  readonly worldFromVolume: Matrix4
  readonly camera: Camera
  readonly milliseconds: number
}

/** The DRR of the shown X-ray's camera at the present pose; it follows every change of either. */
export const useDrrStore = defineStore('drr', () => {
  const engine = useEngineStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const settings = useRegistrationSettingsStore()
  const drr = shallowRef<ShownDrr | null>(null)
  const error = shallowRef<WireError | null>(null)
  /** Longest image side while the pose moves: as fine as the machine keeps up with. */
  let previewSide = finestPreviewSide
  let restTimer: ReturnType<typeof setTimeout> | undefined

  const wanted = computed(() => {
    const volume = volumes.volume
    const camera = xrays.active?.camera ?? null
    if (volume === null || camera === null || !engine.isReady) return null
    const { attenuation, boneMultiplier } = settings.settings
    return {
      volume: volume.source,
      ...(volumes.labels === null ? {} : { labels: volumes.labels }),
      camera,
      worldFromVolume: pose.worldFromVolume,
      attenuation,
      boneMultiplier,
    }
  })

  type Wanted = NonNullable<typeof wanted.value>

  async function render(request: OperationRequest<'render-drr'>, full: Camera): Promise<void> {
    const outcome = await window.isocenter.run('render-drr', request).promise
    if (!outcome.ok) {
      if (outcome.error.code !== 'cancelled') error.value = outcome.error
      return
    }
    error.value = null
    const { width, height, pixels, milliseconds } = outcome.output
    drr.value = {
      width,
      height,
      pixels,
      milliseconds,
      camera: full,
      worldFromVolume: request.worldFromVolume,
    }
  }

  const follow = latestOnly(async ({ request, isResting }: { request: Wanted; isResting: boolean }) => {
    const side = isResting ? restingSide : previewSide
    const quality = isResting ? 'full' : 'preview'
    const startedAtMs = performance.now()
    await render({ ...request, camera: reduceCamera(request.camera, side), quality }, request.camera)
    if (!isResting) previewSide = nextPreviewSide(previewSide, performance.now() - startedAtMs)
  })

  watch(
    wanted,
    (request) => {
      clearTimeout(restTimer)
      if (request === null) {
        if (engine.isReady) drr.value = null
        return
      }
      follow({ request, isResting: false })
      restTimer = setTimeout(() => {
        follow({ request, isResting: true })
      }, restsAfterMs)
    },
    { immediate: true },
  )

  return { drr, error }
})
