import { defineStore } from 'pinia'
import { fileName } from '../../text/format.js'
import { stepSetup } from '../shared/step-store.js'
import { cropCommand, cropTrace, defaultCropForm, partNames, prepareCrop } from './request.js'

export const useCropStore = defineStore(
  'crop',
  stepSetup({
    step: 'crop',
    operation: 'crop',
    form: defaultCropForm,
    showsAfter: true,
    prepare: prepareCrop,
    command: cropCommand,
    subject: (request) => `${fileName(request.volume.path)}, ${partNames(request).join(', ')}`,
    trace: cropTrace,
    shown: (_, { structures: [first] }) => ({
      volume: first?.volume ?? null,
      labels: first?.labels ?? null,
      isMoved: false,
    }),
  }),
)
