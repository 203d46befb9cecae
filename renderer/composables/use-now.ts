import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** `performance.now()`, refreshed five times a second while `isRunning`. */
export function useNow(isRunning: Readonly<Ref<boolean>>): Readonly<Ref<number>> {
  const now = ref(performance.now())
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    isRunning,
    (runs) => {
      clearInterval(timer)
      now.value = performance.now()
      if (runs) {
        timer = setInterval(() => {
          now.value = performance.now()
        }, 200)
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearInterval(timer)
  })
  return now
}
