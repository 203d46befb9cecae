import { evaluateCohort } from '../evaluation/cohort/evaluate-cohort.operation.js'
import { evaluateRegistration } from '../evaluation/evaluate-registration.operation.js'
import { renderHighQualityDrr } from '../evaluation/high-quality-drr/render-high-quality-drr.operation.js'
import { convertDataset, listDataset } from '../evaluation/convert/datasets/convert-dataset.operation.js'
import { convertDiffdrrPose } from '../evaluation/convert/diffdrr/convert-diffdrr-pose.operation.js'
import { convertToXvr } from '../evaluation/convert/xvr/convert-to-xvr.operation.js'
import { convertXvrResult } from '../evaluation/convert/xvr/convert-xvr-result.operation.js'
import { evaluatePose } from '../evaluation/evaluate-pose.operation.js'
import { applyTransform } from '../imaging/apply-transform/apply-transform.operation.js'
import { openRegistration } from '../evaluation/saved-registration/open-registration.operation.js'
import { reviewRegistration } from '../evaluation/saved-registration/review-registration.operation.js'
import { poseFromPoints } from '../geometry/landmarks/pose-from-points.operation.js'
import { cleanLabels } from '../imaging/clean-labels/clean-labels.operation.js'
import { coregister } from '../imaging/coregister/coregister.operation.js'
import { crop } from '../imaging/crop/crop.operation.js'
import { anonymizeDicom } from '../imaging/dicom-tags/anonymize.operation.js'
import { setDicomTags } from '../imaging/dicom-tags/set-tags.operation.js'
import { showDicom } from '../imaging/dicom-tags/show.operation.js'
import { dicomToNifti } from '../imaging/dicom-to-nifti/convert-series.operation.js'
import { listDicomSeries } from '../imaging/dicom-to-nifti/list-series.operation.js'
import { info } from '../imaging/info.operation.js'
import { inspect } from '../imaging/inspect/inspect.operation.js'
import { mirrorXray } from '../imaging/mirror-xray/mirror-xray.operation.js'
import { resampleIsotropicFiles } from '../imaging/isotropic/isotropic.operation.js'
import { openLabels } from '../imaging/open-labels/open-labels.operation.js'
import { readLabelNames } from '../imaging/open-labels/read-label-names.operation.js'
import { openVolume } from '../imaging/open-volume.operation.js'
import { openXray } from '../imaging/open-xray.operation.js'
import { readPoints } from '../imaging/point-files/read-points.operation.js'
import { savePoints } from '../imaging/point-files/save-points.operation.js'
import { phantom } from '../imaging/phantom/phantom.operation.js'
import { animate } from '../evaluation/animation/animate.operation.js'
import { composeFigureFile } from '../evaluation/composed-figure/compose-figure.operation.js'
import { previewFigure } from '../evaluation/composed-figure/preview-figure.operation.js'
import { labelSurfaces } from '../evaluation/surface/label-surfaces.operation.js'
import { animateFrames } from '../evaluation/animation/animate-frames.operation.js'
import { animateOrbit } from '../evaluation/animation/animate-orbit.operation.js'
import { previewReport } from '../evaluation/report/preview-report.operation.js'
import { writeReport } from '../evaluation/report/write-report.operation.js'
import { scene } from '../evaluation/scene/scene.operation.js'
import { saveLabels } from '../imaging/save-labels/save-labels.operation.js'
import { readTransform } from '../imaging/transform-file/read-transform.operation.js'
import { saveMask } from '../imaging/save-mask/save-mask.operation.js'
import { transformPose } from '../imaging/transform-file/transform-pose.operation.js'
import { writeTransform } from '../imaging/transform-file/write-transform.operation.js'
import { register } from '../registration/register.operation.js'
import { registerSequence } from '../registration/sequence/register-sequence.operation.js'
import { saveRegistration } from '../registration/save-registration.operation.js'
import { releaseMemory } from '../rendering/release-memory.operation.js'
import { renderDrr } from '../rendering/render-drr.operation.js'
import { previewTraining } from '../training/preview/preview-training.operation.js'
import { convertCheckpoint } from '../training/convert-checkpoint.operation.js'
import { readTraining } from '../training/read-training.operation.js'
import { restartTraining, train } from '../training/train.operation.js'
import { batchOf } from './batch.operation.js'
import type { OperationRegistry } from './operation-registry.js'

/** Every operation of the engine, by its name in the contract. */
export const operations: OperationRegistry = {
  'anonymize-dicom': anonymizeDicom,
  'apply-transform': applyTransform,
  batch: batchOf(() => operations),
  'clean-labels': cleanLabels,
  coregister,
  'convert-checkpoint': convertCheckpoint,
  'convert-dataset': convertDataset,
  'convert-diffdrr-pose': convertDiffdrrPose,
  'convert-to-xvr': convertToXvr,
  'convert-xvr-result': convertXvrResult,
  crop,
  'dicom-to-nifti': dicomToNifti,
  'evaluate-cohort': evaluateCohort,
  'evaluate-pose': evaluatePose,
  'evaluate-registration': evaluateRegistration,
  info,
  inspect,
  'list-dataset': listDataset,
  'list-dicom-series': listDicomSeries,
  'mirror-xray': mirrorXray,
  'open-labels': openLabels,
  'open-registration': openRegistration,
  'read-label-names': readLabelNames,
  'open-volume': openVolume,
  'open-xray': openXray,
  phantom,
  'read-transform': readTransform,
  'pose-from-points': poseFromPoints,
  'read-points': readPoints,
  register,
  'register-sequence': registerSequence,
  'release-memory': releaseMemory,
  'render-drr': renderDrr,
  'render-high-quality-drr': renderHighQualityDrr,
  'resample-isotropic': resampleIsotropicFiles,
  'review-registration': reviewRegistration,
  'save-labels': saveLabels,
  'save-mask': saveMask,
  'save-points': savePoints,
  'save-registration': saveRegistration,
  'transform-pose': transformPose,
  animate,
  'compose-figure': composeFigureFile,
  'preview-figure': previewFigure,
  'label-surfaces': labelSurfaces,
  'animate-frames': animateFrames,
  'animate-orbit': animateOrbit,
  'write-report': writeReport,
  'preview-report': previewReport,
  scene,
  train,
  'restart-training': restartTraining,
  'preview-training': previewTraining,
  'read-training': readTraining,
  'set-dicom-tags': setDicomTags,
  'show-dicom': showDicom,
  'write-transform': writeTransform,
}
