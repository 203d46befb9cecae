import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { PreviewTrainingOutput } from '../../../native-workers/contract/operations/preview-training.js'
import type { WindowRequest } from '../../../native-workers/contract/window/bridge.js'
import type { WireError } from '../../../native-workers/contract/wire-error.js'
import { latestOnly } from '../../composables/latest-only.js'

export type PreviewRequest = Omit<WindowRequest<'preview-training'>, 'seed'>

export type RangePreview =
  | { readonly kind: 'empty' }
  | { readonly kind: 'rendering'; readonly before: PreviewTrainingOutput | null }
  | { readonly kind: 'shown'; readonly output: PreviewTrainingOutput }
  | { readonly kind: 'failed'; readonly error: WireError }

/** A hand that types a number rests so long before pictures are asked for. */
const restMs = 150

/** Pictures of what a training's ranges hold, asked for anew whenever the request changes; null asks for none. */
export function useRangePreview(request: () => PreviewRequest | null) {
  const state = shallowRef<RangePreview>({ kind: 'empty' })
  /** Other poses of the same ranges. */
  const seed = ref(0)
  const key = computed(() => JSON.stringify([request(), seed.value]))
  let timer: ReturnType<typeof setTimeout> | undefined
  let cancel: (() => void) | null = null
  let isGone = false

  const ask = latestOnly(async (asked: { request: PreviewRequest; seed: number; key: string }) => {
    const running = window.isocenter.run('preview-training', { ...asked.request, seed: asked.seed })
    cancel = running.cancel
    const outcome = await running.promise
    cancel = null
    if (isGone || asked.key !== key.value) return
    state.value = outcome.ok
      ? { kind: 'shown', output: outcome.output }
      : { kind: 'failed', error: outcome.error }
  })

  watch(
    key,
    (next) => {
      clearTimeout(timer)
      cancel?.()
      const asked = request()
      if (asked === null) {
        state.value = { kind: 'empty' }
        return
      }
      const { value: before } = state
      state.value = {
        kind: 'rendering',
        before: before.kind === 'shown' ? before.output : before.kind === 'rendering' ? before.before : null,
      }
      timer = setTimeout(() => {
        ask({ request: asked, seed: seed.value, key: next })
      }, restMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    isGone = true
    clearTimeout(timer)
    cancel?.()
  })

  return { state, seed }
}
