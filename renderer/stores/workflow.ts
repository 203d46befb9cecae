import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { StepName, StepStatus } from '../workflow/step-names.js'
import { useRegistrationStore } from './registration.js'
import { useVolumeStore } from './volume.js'
import { useXraysStore } from './xrays.js'

/** Which step is shown, and how far each one is. */
export const useWorkflowStore = defineStore('workflow', () => {
  const active = ref<StepName>('data')
  const statuses = shallowRef<Partial<Record<StepName, StepStatus>>>({})
  /** Shares done, 0..1, of steps that run long beside others. */
  const progress = shallowRef<Partial<Record<StepName, number | null>>>({})
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const registration = useRegistrationStore()

  function go(step: StepName): void {
    active.value = step
  }

  function setStatus(step: StepName, status: StepStatus): void {
    statuses.value = { ...statuses.value, [step]: status }
  }

  function setProgress(step: StepName, share: number | null): void {
    progress.value = { ...progress.value, [step]: share }
  }

  const progressOf = (step: StepName): number | null => progress.value[step] ?? null
  const statusOf = (step: StepName): StepStatus => statuses.value[step] ?? 'not-started'

  // Who has opened both comes to register; from any other step nobody is led away.
  watch(
    () => volumes.volume !== null && xrays.xrays.length > 0,
    (hasBoth) => {
      if (hasBoth && active.value === 'data') active.value = 'register'
    },
  )
  watch(
    () => volumes.volume,
    (volume) => setStatus('data', volume === null ? 'not-started' : 'done'),
  )

  // An X-ray is ready once its geometry is known.
  watch(
    () => xrays.included.map(({ camera }) => camera !== null),
    (known) => setStatus('xray', known.length > 0 && known.every(Boolean) ? 'done' : 'not-started'),
  )

  // A run that was cancelled or failed leaves the earlier result, and with it the step done.
  watch(
    () => [registration.state.kind, registration.result] as const,
    ([kind, result]) => {
      if (kind === 'running') setStatus('register', 'running')
      else if (result !== null) setStatus('register', 'done')
      else setStatus('register', kind === 'failed' ? 'failed' : 'not-started')
    },
  )

  return { active, statuses, go, setStatus, statusOf, setProgress, progressOf }
})
