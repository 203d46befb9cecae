import {
  mdiAxisArrow,
  mdiBroom,
  mdiBrush,
  mdiChartBoxOutline,
  mdiCrop,
  mdiExportVariant,
  mdiFolderOpenOutline,
  mdiGrid,
  mdiImageFilterCenterFocus,
  mdiRotateOrbit,
  mdiRadiologyBoxOutline,
  mdiSchoolOutline,
  mdiTuneVariant,
  mdiVectorCombine,
} from '@mdi/js'
import type { StepName } from './step-names.js'

export const stepIcons: Readonly<Record<StepName, string>> = {
  data: mdiFolderOpenOutline,
  clean: mdiBroom,
  segment: mdiBrush,
  crop: mdiCrop,
  coregister: mdiVectorCombine,
  transforms: mdiRotateOrbit,
  isotropic: mdiGrid,
  xray: mdiRadiologyBoxOutline,
  train: mdiSchoolOutline,
  finetune: mdiTuneVariant,
  register: mdiAxisArrow,
  drr: mdiImageFilterCenterFocus,
  evaluate: mdiChartBoxOutline,
  export: mdiExportVariant,
}
