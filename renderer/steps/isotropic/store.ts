import { defineStore } from 'pinia'
import { fileName } from '../../text/format.js'
import { stepSetup } from '../shared/step-store.js'
import { defaultIsotropicForm, isotropicCommand, isotropicTrace, prepareIsotropic } from './request.js'

export const useIsotropicStore = defineStore(
  'isotropic',
  stepSetup({
    step: 'isotropic',
    operation: 'resample-isotropic',
    form: defaultIsotropicForm,
    showsAfter: true,
    prepare: prepareIsotropic,
    command: isotropicCommand,
    subject: ({ volume }) => fileName(volume.path),
    trace: isotropicTrace,
    shown: ({ center }, { volume, labelsFile }) => ({ volume, labels: labelsFile, isMoved: center === true }),
  }),
)
