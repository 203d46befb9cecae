import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** Time that each of the two pictures is seen: slow enough for eyes that flicker hurts. */
const halfPeriodMs = 600

/** True and false in turn while `isOn`. */
export function useFlicker(isOn: () => boolean): Readonly<Ref<boolean>> {
  const isSecond = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined
  watch(
    isOn,
    (on) => {
      clearInterval(timer)
      isSecond.value = false
      if (on) timer = setInterval(() => (isSecond.value = !isSecond.value), halfPeriodMs)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearInterval(timer)
  })
  return isSecond
}
