import { defineStore } from 'pinia'
import { watch } from 'vue'
import { stepSetup } from '../../steps/shared/step-store.js'
import { fileName } from '../../text/format.js'
import { useTransformFilesStore } from '../files.js'
import { useTransformsStore } from '../store.js'
import { applyCommand, applyTrace, defaultApplyForm, prepareApply } from './request.js'

/** Moves the CT, its labels or both by the active transform for good. */
export const useApplyTransformStore = defineStore('apply-transform', () => {
  const transforms = useTransformsStore()
  const files = useTransformFilesStore()
  const step = stepSetup({
    step: 'transforms',
    operation: 'apply-transform',
    form: defaultApplyForm,
    showsAfter: true,
    prepare: (situation, form) => {
      const { active } = transforms
      return prepareApply(situation, form, active, active === null ? null : files.fileOf(active))
    },
    settings: () => transforms.active?.movedFromVolume,
    command: applyCommand,
    subject: ({ volume, labelsPath }) => fileName(volume?.path ?? labelsPath ?? ''),
    trace: applyTrace,
    shown: (_, { volume, labelsFile }) => ({ volume, labels: labelsFile, isMoved: true }),
  })()
  // What was moved for good would be shown as moved twice.
  watch(
    () => step.state.value.kind,
    (kind) => {
      if (kind === 'done') transforms.preview = 'off'
    },
    { flush: 'sync' },
  )
  return step
})
