import type { Component } from 'vue'
import EditStep from '../segmentation/EditStep.vue'
import CleanStep from '../steps/clean/CleanStep.vue'
import CoregisterStep from '../steps/coregister/CoregisterStep.vue'
import CropStep from '../steps/crop/CropStep.vue'
import IsotropicStep from '../steps/isotropic/IsotropicStep.vue'
import DrrStep from '../steps/drr/DrrStep.vue'
import EvaluateStep from '../steps/evaluate/EvaluateStep.vue'
import ExportStep from '../steps/export/ExportStep.vue'
import FinetuneStep from '../training/panel/FinetuneStep.vue'
import TrainStep from '../training/panel/TrainStep.vue'
import TransformsStep from '../transforms/TransformsStep.vue'
import XrayStep from '../steps/xray/XrayStep.vue'
import DataStep from './DataStep.vue'
import RegisterStep from './RegisterStep.vue'
import type { StepName } from './step-names.js'

/** The side panel of every step. */
export const stepPanels: Readonly<Record<StepName, Component>> = {
  data: DataStep,
  clean: CleanStep,
  segment: EditStep,
  crop: CropStep,
  coregister: CoregisterStep,
  transforms: TransformsStep,
  isotropic: IsotropicStep,
  xray: XrayStep,
  train: TrainStep,
  finetune: FinetuneStep,
  register: RegisterStep,
  drr: DrrStep,
  evaluate: EvaluateStep,
  export: ExportStep,
}
