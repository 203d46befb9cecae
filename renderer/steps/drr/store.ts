import { defineStore } from 'pinia'
import { text } from '../../text/en.js'
import { resultStepSetup } from '../shared-result/result-step.js'
import { drrCommand, initialForm, prepareDrr } from './request.js'

export const useDrrStepStore = defineStore(
  'drr-step',
  resultStepSetup({
    step: 'drr',
    operation: 'render-high-quality-drr',
    title: text.workflow.steps.drr,
    form: initialForm,
    prepare: prepareDrr,
    command: drrCommand,
  }),
)
