import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { Vector2 } from '../../../../native-workers/contract/matrix.js'
import type { VolumeGrid } from '../../../../native-workers/contract/operations/volume.js'
import { graphics } from '../../../composables/graphics.js'
import { useVolumeRenderingStore } from '../../../stores/volume-rendering.js'
import { useVolumeStore } from '../../../stores/volume.js'
import type { CopyReply, CopyRequest } from './copy-messages.js'
import { presetRange, volumePresets } from './presets.js'
import type { CopyLimits } from './rendering-copy.js'

export interface RenderingCopy {
  readonly grid: VolumeGrid
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Values that the bytes 0 and 255 stand for. */
  readonly range: Vector2
}

const limits: CopyLimits = {
  longestSide: graphics.kind === 'none' ? 0 : graphics.longestVolumeSide,
  bytes: graphics.kind === 'hardware' ? 2 ** 27 : 2 ** 20,
}

/**
 * The open CT as the graphics device takes it, in the range of the chosen preset; null while none is chosen or it is
 * being made. A worker makes it, and ends with its scope or when the volume is hidden.
 */
export function useRenderingCopy(): ShallowRef<RenderingCopy | null> {
  const rendering = useVolumeRenderingStore()
  const volumes = useVolumeStore()
  const copy = shallowRef<RenderingCopy | null>(null)
  let worker: Worker | null = null

  function stop(): void {
    worker?.terminate()
    worker = null
    rendering.isBusy = false
  }

  function request(range: Vector2): CopyRequest | null {
    const { volume } = volumes
    if (volume === null) return null
    return { url: window.isocenter.volumeUrl(volume.displayFile), grid: volume.display.grid, limits, range }
  }

  function make(range: Vector2): void {
    const asked = request(range)
    if (asked === null) return
    worker ??= new Worker(new URL('./copy.worker.ts', import.meta.url), { type: 'module' })
    rendering.isBusy = true
    worker.onmessage = ({ data }: MessageEvent<CopyReply>) => {
      rendering.isBusy = false
      rendering.failure = data.kind === 'failed' ? data.message : null
      copy.value = data.kind === 'made' ? { grid: data.grid, bytes: data.bytes, range } : null
    }
    worker.postMessage(asked)
  }

  watch(
    [() => rendering.preset, () => volumes.volume] as const,
    ([preset, volume], previous) => {
      // Another CT, or none: what was made of the old one must not be seen with the new one's labels.
      if (volume !== previous[1] || preset === null) {
        stop()
        copy.value = null
      }
      if (preset !== null && volume !== null) make(presetRange(volumePresets[preset]))
    },
    { immediate: true },
  )
  onScopeDispose(stop)
  return copy
}
