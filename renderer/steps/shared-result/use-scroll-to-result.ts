import { nextTick, useTemplateRef, watch } from 'vue'

/** Brings the element with the template's ref "result" into sight whenever a run has written something new. */
export function useScrollToResult(version: () => number | undefined): void {
  const element = useTemplateRef<HTMLElement>('result')
  watch(version, async (newest) => {
    if (newest === undefined) return
    await nextTick()
    element.value?.scrollIntoView({ block: 'start' })
  })
}
