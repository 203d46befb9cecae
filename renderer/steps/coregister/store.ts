import { defineStore } from 'pinia'
import { fileName } from '../../text/format.js'
import { stepSetup } from '../shared/step-store.js'
import { coregisterCommand, coregisterTrace, defaultCoregisterForm, prepareCoregister } from './request.js'

export const useCoregisterStore = defineStore(
  'coregister',
  stepSetup({
    step: 'coregister',
    operation: 'coregister',
    form: defaultCoregisterForm,
    showsAfter: false,
    prepare: prepareCoregister,
    command: coregisterCommand,
    subject: ({ volume }) => fileName(volume.path),
    trace: coregisterTrace,
    shown: (_, { volume, labels }) => ({ volume, labels, isMoved: true }),
  }),
)
