import { convertCheckpointInputSchema, convertCheckpointOutputSchema } from './convert-checkpoint.js'
import { type z } from 'zod'
import { animateInputSchema, animateOutputSchema } from './animate.js'
import { animateFramesInputSchema, animateFramesOutputSchema } from './animate-frames.js'
import { animateOrbitInputSchema, animateOrbitOutputSchema } from './animate-orbit.js'
import { batchInputSchema, batchOutputSchema } from './batch.js'
import { cleanLabelsInputSchema, cleanLabelsOutputSchema } from './clean-labels.js'
import { coregisterInputSchema, coregisterOutputSchema } from './coregister.js'
import {
  convertDatasetInputSchema,
  convertDatasetOutputSchema,
  listDatasetInputSchema,
  listDatasetOutputSchema,
} from './convert-dataset.js'
import { convertDiffdrrPoseInputSchema, convertDiffdrrPoseOutputSchema } from './convert-diffdrr-pose.js'
import {
  convertToXvrInputSchema,
  convertToXvrOutputSchema,
  convertXvrResultInputSchema,
  convertXvrResultOutputSchema,
} from './convert-xvr.js'
import { cropInputSchema, cropOutputSchema } from './crop.js'
import {
  anonymizeDicomInputSchema,
  anonymizeDicomOutputSchema,
  setDicomTagsInputSchema,
  setDicomTagsOutputSchema,
  showDicomInputSchema,
  showDicomOutputSchema,
} from './dicom-tags.js'
import {
  dicomToNiftiInputSchema,
  dicomToNiftiOutputSchema,
  listDicomSeriesInputSchema,
  listDicomSeriesOutputSchema,
} from './dicom-to-nifti.js'
import { renderDrrInputSchema, renderDrrOutputSchema } from './drr.js'
import { evaluateCohortInputSchema, evaluateCohortOutputSchema } from './evaluate-cohort.js'
import { evaluateRegistrationInputSchema, evaluateRegistrationOutputSchema } from './evaluate-registration.js'
import { evaluatePoseInputSchema, evaluatePoseOutputSchema } from './evaluate.js'
import {
  composeFigureInputSchema,
  composeFigureOutputSchema,
  previewFigureInputSchema,
  previewFigureOutputSchema,
} from './figure.js'
import { renderHighQualityDrrInputSchema, renderHighQualityDrrOutputSchema } from './high-quality-drr.js'
import { inspectInputSchema, inspectOutputSchema } from './inspect.js'
import { mirrorXrayInputSchema, mirrorXrayOutputSchema } from './mirror-xray.js'
import { readLabelNamesInputSchema, readLabelNamesOutputSchema } from './label-names.js'
import { openLabelsInputSchema, openLabelsOutputSchema } from './open-labels.js'
import {
  poseFromPointsInputSchema,
  poseFromPointsOutputSchema,
  readPointsInputSchema,
  readPointsOutputSchema,
  savePointsInputSchema,
  savePointsOutputSchema,
} from './points.js'
import { phantomInputSchema, phantomOutputSchema } from './phantom.js'
import {
  registerInputSchema,
  registerOutputSchema,
  saveRegistrationInputSchema,
  saveRegistrationOutputSchema,
} from './register.js'
import { registerSequenceInputSchema, registerSequenceOutputSchema } from './register-sequence.js'
import {
  previewReportInputSchema,
  previewReportOutputSchema,
  writeReportInputSchema,
  writeReportOutputSchema,
} from './report.js'
import { releaseMemoryInputSchema, releaseMemoryOutputSchema } from './release-memory.js'
import { resampleIsotropicInputSchema, resampleIsotropicOutputSchema } from './resample-isotropic.js'
import {
  openRegistrationInputSchema,
  openRegistrationOutputSchema,
  reviewRegistrationInputSchema,
  reviewRegistrationOutputSchema,
} from './saved-registrations.js'
import { saveMaskInputSchema, saveMaskOutputSchema } from './save-mask.js'
import { saveLabelsInputSchema, saveLabelsOutputSchema } from './save-labels.js'
import {
  applyTransformInputSchema,
  applyTransformOutputSchema,
  readTransformInputSchema,
  readTransformOutputSchema,
  writeTransformInputSchema,
  writeTransformOutputSchema,
} from './transform.js'
import { previewTrainingInputSchema, previewTrainingOutputSchema } from './preview-training.js'
import { transformPoseInputSchema, transformPoseOutputSchema } from './transform-pose.js'
import {
  readTrainingInputSchema,
  readTrainingOutputSchema,
  restartTrainingInputSchema,
  trainInputSchema,
  trainOutputSchema,
} from './train.js'
import { infoInputSchema, infoOutputSchema, openVolumeInputSchema, openVolumeOutputSchema } from './volume.js'
import { labelSurfacesInputSchema, labelSurfacesOutputSchema } from './surface.js'
import { sceneInputSchema, sceneOutputSchema } from './scene.js'
import { openXrayInputSchema, openXrayOutputSchema } from './xray.js'

/** Every operation of the engine by its name on the wire. */
export const operationContracts = {
  'open-volume': { input: openVolumeInputSchema, output: openVolumeOutputSchema },
  'read-label-names': { input: readLabelNamesInputSchema, output: readLabelNamesOutputSchema },
  'open-labels': { input: openLabelsInputSchema, output: openLabelsOutputSchema },
  'open-xray': { input: openXrayInputSchema, output: openXrayOutputSchema },
  'release-memory': { input: releaseMemoryInputSchema, output: releaseMemoryOutputSchema },
  'render-drr': { input: renderDrrInputSchema, output: renderDrrOutputSchema },
  register: { input: registerInputSchema, output: registerOutputSchema },
  'register-sequence': { input: registerSequenceInputSchema, output: registerSequenceOutputSchema },
  'save-labels': { input: saveLabelsInputSchema, output: saveLabelsOutputSchema },
  'save-mask': { input: saveMaskInputSchema, output: saveMaskOutputSchema },
  'save-registration': { input: saveRegistrationInputSchema, output: saveRegistrationOutputSchema },
  'open-registration': { input: openRegistrationInputSchema, output: openRegistrationOutputSchema },
  'review-registration': { input: reviewRegistrationInputSchema, output: reviewRegistrationOutputSchema },
  'render-high-quality-drr': {
    input: renderHighQualityDrrInputSchema,
    output: renderHighQualityDrrOutputSchema,
  },
  'evaluate-registration': {
    input: evaluateRegistrationInputSchema,
    output: evaluateRegistrationOutputSchema,
  },
  'evaluate-cohort': { input: evaluateCohortInputSchema, output: evaluateCohortOutputSchema },
  'evaluate-pose': { input: evaluatePoseInputSchema, output: evaluatePoseOutputSchema },
  'list-dicom-series': { input: listDicomSeriesInputSchema, output: listDicomSeriesOutputSchema },
  'dicom-to-nifti': { input: dicomToNiftiInputSchema, output: dicomToNiftiOutputSchema },
  'show-dicom': { input: showDicomInputSchema, output: showDicomOutputSchema },
  'set-dicom-tags': { input: setDicomTagsInputSchema, output: setDicomTagsOutputSchema },
  'anonymize-dicom': { input: anonymizeDicomInputSchema, output: anonymizeDicomOutputSchema },
  info: { input: infoInputSchema, output: infoOutputSchema },
  inspect: { input: inspectInputSchema, output: inspectOutputSchema },
  batch: { input: batchInputSchema, output: batchOutputSchema },
  'clean-labels': { input: cleanLabelsInputSchema, output: cleanLabelsOutputSchema },
  'read-transform': { input: readTransformInputSchema, output: readTransformOutputSchema },
  'write-transform': { input: writeTransformInputSchema, output: writeTransformOutputSchema },
  'apply-transform': { input: applyTransformInputSchema, output: applyTransformOutputSchema },
  'transform-pose': { input: transformPoseInputSchema, output: transformPoseOutputSchema },
  coregister: { input: coregisterInputSchema, output: coregisterOutputSchema },
  'convert-dataset': { input: convertDatasetInputSchema, output: convertDatasetOutputSchema },
  'convert-diffdrr-pose': { input: convertDiffdrrPoseInputSchema, output: convertDiffdrrPoseOutputSchema },
  'convert-to-xvr': { input: convertToXvrInputSchema, output: convertToXvrOutputSchema },
  'convert-xvr-result': { input: convertXvrResultInputSchema, output: convertXvrResultOutputSchema },
  'list-dataset': { input: listDatasetInputSchema, output: listDatasetOutputSchema },
  crop: { input: cropInputSchema, output: cropOutputSchema },
  'mirror-xray': { input: mirrorXrayInputSchema, output: mirrorXrayOutputSchema },
  'pose-from-points': { input: poseFromPointsInputSchema, output: poseFromPointsOutputSchema },
  'read-points': { input: readPointsInputSchema, output: readPointsOutputSchema },
  'save-points': { input: savePointsInputSchema, output: savePointsOutputSchema },
  phantom: { input: phantomInputSchema, output: phantomOutputSchema },
  'resample-isotropic': { input: resampleIsotropicInputSchema, output: resampleIsotropicOutputSchema },
  animate: { input: animateInputSchema, output: animateOutputSchema },
  'compose-figure': { input: composeFigureInputSchema, output: composeFigureOutputSchema },
  'preview-figure': { input: previewFigureInputSchema, output: previewFigureOutputSchema },
  'label-surfaces': { input: labelSurfacesInputSchema, output: labelSurfacesOutputSchema },
  'animate-frames': { input: animateFramesInputSchema, output: animateFramesOutputSchema },
  'animate-orbit': { input: animateOrbitInputSchema, output: animateOrbitOutputSchema },
  'write-report': { input: writeReportInputSchema, output: writeReportOutputSchema },
  'preview-report': { input: previewReportInputSchema, output: previewReportOutputSchema },
  'convert-checkpoint': { input: convertCheckpointInputSchema, output: convertCheckpointOutputSchema },
  train: { input: trainInputSchema, output: trainOutputSchema },
  'restart-training': { input: restartTrainingInputSchema, output: trainOutputSchema },
  'preview-training': { input: previewTrainingInputSchema, output: previewTrainingOutputSchema },
  'read-training': { input: readTrainingInputSchema, output: readTrainingOutputSchema },
  scene: { input: sceneInputSchema, output: sceneOutputSchema },
} as const

export type OperationName = keyof typeof operationContracts
export type OperationInput<Name extends OperationName> = z.infer<(typeof operationContracts)[Name]['input']>
/** What a caller may write: defaults may be left out. */
export type OperationRequest<Name extends OperationName> = z.input<(typeof operationContracts)[Name]['input']>
export type OperationOutput<Name extends OperationName> = z.infer<(typeof operationContracts)[Name]['output']>
