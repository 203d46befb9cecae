import { type Component, defineAsyncComponent } from 'vue'
import DataStep from './DataStep.vue'
import RegisterStep from './RegisterStep.vue'
import type { StepName } from './step-names.js'

const ComingStep = defineAsyncComponent(() => import('./ComingStep.vue'))

/** The side panel of every step. */
export const stepPanels: Readonly<Record<StepName, Component>> = {
  data: DataStep,
  clean: ComingStep,
  crop: ComingStep,
  coregister: ComingStep,
  isotropic: ComingStep,
  register: RegisterStep,
  drr: ComingStep,
  evaluate: ComingStep,
  export: ComingStep,
}
