import { ref, type Ref } from 'vue'
import { useJobsStore } from '../stores/jobs.js'
import { useMessagesStore } from '../stores/messages.js'
import { problemReport } from './problem-report.js'
import { useProgramFacts } from './program-facts.js'

/** Copies a report for those who mend the program; it names no file and no patient. */
export function useCopyReport(): { readonly isCopied: Ref<boolean>; copy(): Promise<void> } {
  const facts = useProgramFacts()
  const messages = useMessagesStore()
  const jobs = useJobsStore()
  const isCopied = ref(false)

  async function copy(): Promise<void> {
    const shown = messages.messages
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ text, hint }) => `${text} ${hint}`.trim())
    const failed = jobs.jobs.flatMap(({ state }) =>
      state.kind === 'failed' ? [`${state.error.code}: ${state.error.message}`] : [],
    )
    const report = problemReport({
      facts: facts.value,
      errors: [...failed, ...shown],
      logLines: await window.isocenter.readLog(),
    })
    await navigator.clipboard.writeText(report)
    isCopied.value = true
  }
  return { isCopied, copy }
}
