import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { enteredRun, type StepRun, type Trace } from '../steps/shared/lineage.js'
import type { StepName } from '../workflow/step-names.js'

/** Every finished run of a preparation step, oldest first: what was made from what. */
export const useStepRunsStore = defineStore('step-runs', () => {
  const runs = shallowRef<readonly StepRun[]>([])

  function enter(run: Pick<StepRun, 'step' | 'settings' | 'source'>, trace: Trace): void {
    runs.value = [...runs.value, enteredRun(run, trace, runs.value)]
  }

  const lastOf = (step: StepName): StepRun | null => runs.value.findLast((run) => run.step === step) ?? null

  return { runs, enter, lastOf }
})
