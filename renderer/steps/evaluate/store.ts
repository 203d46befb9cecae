import { defineStore } from 'pinia'
import { text } from '../../text/en.js'
import { resultStepSetup } from '../shared-result/result-step.js'
import { evaluationCommand, initialForm, prepareEvaluation } from './request.js'

export const useEvaluateStepStore = defineStore(
  'evaluate-step',
  resultStepSetup({
    step: 'evaluate',
    operation: 'evaluate-registration',
    title: text.workflow.steps.evaluate,
    form: initialForm,
    prepare: prepareEvaluation,
    command: evaluationCommand,
  }),
)
