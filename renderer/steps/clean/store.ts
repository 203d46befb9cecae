import { defineStore } from 'pinia'
import { fileName } from '../../text/format.js'
import { stepSetup } from '../shared/step-store.js'
import { cleanCommand, cleanTrace, defaultCleanForm, prepareClean } from './request.js'

export const useCleanStore = defineStore(
  'clean',
  stepSetup({
    step: 'clean',
    operation: 'clean-labels',
    form: defaultCleanForm,
    showsAfter: true,
    prepare: prepareClean,
    command: cleanCommand,
    subject: ({ labelsPath }) => fileName(labelsPath),
    trace: cleanTrace,
    shown: (_, { path }) => ({ volume: null, labels: path, isMoved: false }),
  }),
)
