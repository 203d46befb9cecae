import { defineStore } from 'pinia'
import { useLabelSavingStore } from '../../../segmentation/saving-store.js'
import { useLabelsStore } from '../../../stores/labels.js'
import { useOutputFolderStore } from '../../../stores/output-folder.js'
import { text } from '../../../text/en.js'
import { resultStepSetup } from '../../shared-result/result-step.js'
import { freeStepSetup } from './free-step.js'
import {
  framesCommand,
  initialFrames,
  initialOrbit,
  initialReport,
  initialSurfaces,
  orbitCommand,
  prepareFrames,
  prepareOrbit,
  prepareReport,
  prepareSurfaces,
  reportCommand,
  surfacesCommand,
  type ShownLabels,
} from './requests.js'

export const useReportStore = defineStore(
  'report-export',
  resultStepSetup({
    step: 'export',
    operation: 'write-report',
    title: text.exporting.report.title,
    form: initialReport,
    prepare: prepareReport,
    command: reportCommand,
  }),
)

export const useOrbitStore = defineStore(
  'orbit-export',
  resultStepSetup({
    step: 'export',
    operation: 'animate-orbit',
    title: text.exporting.orbit.title,
    form: initialOrbit,
    prepare: prepareOrbit,
    command: orbitCommand,
  }),
)

export const useFramesStore = defineStore(
  'frames-export',
  freeStepSetup({
    operation: 'animate-frames',
    title: text.exporting.frames.title,
    form: initialFrames,
    prepare: (form) => prepareFrames(useOutputFolderStore().folder, form),
    command: framesCommand,
  }),
)

/** The label map of the views and those of its labels that are not hidden. */
function shownLabels(): ShownLabels | null {
  const labels = useLabelsStore()
  if (labels.map === null) return null
  return {
    path: labels.map.path,
    structures: labels.visible.map(({ label }) => label),
    isEdited: useLabelSavingStore().isDirty,
  }
}

export const useSurfacesStore = defineStore(
  'surfaces-export',
  freeStepSetup({
    operation: 'label-surfaces',
    title: text.exporting.surfaces.title,
    form: initialSurfaces,
    prepare: (form) => prepareSurfaces(useOutputFolderStore().folder, shownLabels(), form),
    command: surfacesCommand,
  }),
)
