import { dirname, extname } from 'node:path'
import type { OperationInput, OperationName } from '../../native-workers/contract/operations/index.js'
import { isOperationName, parseOperationInput } from '../../native-workers/contract/operations/parse-input.js'
import type {
  CameraSource,
  LabelSource,
  XraySource,
} from '../../native-workers/contract/operations/sources.js'
import type { TransformSource } from '../../native-workers/contract/operations/transform.js'

/** Every path that a request names. */
export interface RequestPaths {
  readonly inputs: readonly string[]
  readonly outputFolders: readonly string[]
}

function reading(...paths: readonly (string | readonly string[])[]): RequestPaths {
  return { inputs: paths.flat(), outputFolders: [] }
}

function ofLabels(labels: LabelSource | undefined): string[] {
  return labels === undefined ? [] : [labels.path]
}

function ofXray(xray: XraySource): string[] {
  return xray.maskPath === undefined ? [xray.path] : [xray.path, xray.maskPath]
}

function ofCamera(camera: CameraSource | undefined): string[] {
  return camera?.kind === 'file' ? [camera.path] : []
}

function ofTransform(transform: TransformSource): string[] {
  return transform.kind === 'file' ? [transform.path] : []
}

function ofRegistration({ views, volume, labels, warp, initial }: OperationInput<'register'>): RequestPaths {
  return reading(
    volume.path,
    initial.kind === 'model' ? initial.checkpoints : [],
    ofLabels(labels),
    warp === undefined ? [] : [warp.path],
    views.flatMap(({ xray, camera }) => [...ofXray(xray), ...ofCamera(camera)]),
  )
}

const collectors: { readonly [Name in OperationName]: (input: OperationInput<Name>) => RequestPaths } = {
  // The folder of the display copy is the main process's own choice.
  'open-volume': ({ volume }) => reading(volume.path),
  'open-labels': ({ path }) => reading(path),
  'read-label-names': ({ path }) => reading(path),
  'open-xray': ({ xray, camera }) => reading(ofXray(xray), ofCamera(camera)),
  'release-memory': () => reading(),
  'render-drr': ({ volume, labels }) => reading(volume.path, ofLabels(labels)),
  register: ofRegistration,
  'register-sequence': ({ registration, folder }) => ({
    ...ofRegistration(registration),
    outputFolders: [folder],
  }),
  'save-labels': ({ sourcePath, outputPath }) => ({
    inputs: sourcePath === undefined ? [] : [sourcePath],
    outputFolders: [dirname(outputPath)],
  }),
  'save-mask': ({ folder }) => ({ inputs: [], outputFolders: [folder] }),
  'save-registration': ({ folder }) => ({ inputs: [], outputFolders: [folder] }),
  // The files that a result names are only compared with its records, never shown.
  'open-registration': ({ resultPath, candidatePaths }) => reading(resultPath, candidatePaths),
  'review-registration': ({ folder }) => ({ inputs: [], outputFolders: [folder] }),
  'evaluate-pose': () => reading(),
  'pose-from-points': () => reading(),
  'read-points': ({ path }) => reading(path),
  'save-points': ({ outputPath }) => ({ inputs: [], outputFolders: [dirname(outputPath)] }),
  'evaluate-registration': ({ resultPath, folder, truth }) => ({
    inputs: [resultPath, ...(truth?.warp === undefined ? [] : [truth.warp.path])],
    outputFolders: [folder],
  }),
  'evaluate-cohort': ({ cases, folder }) => ({
    inputs: cases.map(({ recordPath }) => recordPath),
    outputFolders: [folder],
  }),
  'render-high-quality-drr': ({ scene, outputPath }) => ({
    inputs: scene.kind === 'result' ? [scene.resultPath] : [scene.volume.path, ...ofLabels(scene.labels)],
    outputFolders: [dirname(outputPath)],
  }),
  animate: ({ resultPath, outputPath }) => ({ inputs: [resultPath], outputFolders: [dirname(outputPath)] }),
  scene: ({ resultPath, folder, volume }) => ({
    inputs: volume === undefined ? [resultPath] : [resultPath, volume.path],
    outputFolders: [folder],
  }),
  'compose-figure': ({ resultPath, outputPath, design }) => ({
    inputs: [resultPath, ...ofLabels(design.slices.labels)],
    outputFolders: [dirname(outputPath)],
  }),
  'preview-figure': ({ resultPath, design }) => reading(resultPath, ofLabels(design.slices.labels)),
  'label-surfaces': ({ labelsPath, folder }) => ({ inputs: [labelsPath], outputFolders: [folder] }),
  'animate-frames': ({ resultPaths, outputPath }) => ({
    inputs: resultPaths,
    outputFolders: [dirname(outputPath)],
  }),
  'animate-orbit': ({ resultPath, outputPath }) => ({
    inputs: [resultPath],
    outputFolders: [dirname(outputPath)],
  }),
  'write-report': ({ resultPath, outputPath }) => ({
    inputs: [resultPath],
    outputFolders: [dirname(outputPath)],
  }),
  'preview-report': ({ resultPath }) => reading(resultPath),
  train: ({ configuration, checkpoint, warp, folder }) => ({
    inputs: [
      ...configuration.subjects.flatMap(({ volume, labels }) => [volume.path, ...ofLabels(labels)]),
      ...(checkpoint === undefined ? [] : [checkpoint]),
      ...(warp === undefined ? [] : [warp.path]),
    ],
    outputFolders: [folder],
  }),
  // A restart writes beside the checkpoint that it goes on from.
  'restart-training': ({ checkpoint }) => ({
    inputs: [checkpoint],
    outputFolders: [extname(checkpoint) === '.json' ? dirname(checkpoint) : checkpoint],
  }),
  'read-training': ({ path }) => reading(path),
  'preview-training': ({ subject }) => reading(subject.volume.path, ofLabels(subject.labels)),
  info: ({ path }) => reading(path),
  'list-dicom-series': ({ path }) => reading(path),
  'dicom-to-nifti': ({ files, folder }) => ({ inputs: files, outputFolders: [folder] }),
  'show-dicom': ({ path }) => reading(path),
  'set-dicom-tags': ({ path, output }) => ({ inputs: [path], outputFolders: [dirname(output)] }),
  // The record lies beside the folder, so that it is not passed on with it.
  'anonymize-dicom': ({ paths, folder }) => ({
    inputs: paths,
    outputFolders: [folder, dirname(folder)],
  }),
  inspect: ({ path }) => reading(path),
  batch: ({ operation, cases }) => ofCases(operation, cases),
  'clean-labels': ({ labelsPath, outputPath }) => ({
    inputs: [labelsPath],
    outputFolders: [dirname(outputPath)],
  }),
  'read-transform': ({ path }) => reading(path),
  'write-transform': ({ members, outputPath }) => ({
    inputs: members.flatMap(ofTransform),
    outputFolders: [dirname(outputPath)],
  }),
  'apply-transform': ({ volume, labelsPath, reference, transform, folder }) => ({
    inputs: [
      ...[volume?.path, labelsPath, reference?.path].filter((path) => path !== undefined),
      ...ofTransform(transform),
    ],
    outputFolders: [folder],
  }),
  'transform-pose': ({ warp, volume, outputPath }) => ({
    inputs: volume === undefined ? [warp.path] : [warp.path, volume.path],
    outputFolders: [dirname(outputPath)],
  }),
  coregister: ({ volume, labelsPath, reference, referenceLabelsPath, folder }) => ({
    inputs: [volume.path, reference.path, labelsPath, referenceLabelsPath].filter(
      (path) => path !== undefined,
    ),
    outputFolders: [folder],
  }),
  'convert-checkpoint': ({ path, outputPath }) => ({
    inputs: [path],
    outputFolders: [dirname(outputPath)],
  }),
  'convert-dataset': ({ path, folder }) => ({ inputs: [path], outputFolders: [folder] }),
  'convert-diffdrr-pose': ({ path, folder, volume }) => ({
    inputs: volume === undefined ? [path] : [path, volume.path],
    outputFolders: [folder],
  }),
  // A result names its CT and X-rays itself, as a registration file does that is opened.
  'convert-to-xvr': ({ path, outputPath }) => ({ inputs: [path], outputFolders: [dirname(outputPath)] }),
  'convert-xvr-result': ({ path, outputPath, volume, xrayPath }) => ({
    inputs: [
      path,
      ...(volume === undefined ? [] : [volume.path]),
      ...(xrayPath === undefined ? [] : [xrayPath]),
    ],
    outputFolders: [dirname(outputPath)],
  }),
  'list-dataset': ({ path }) => reading(path),
  crop: ({ volume, labelsPath, folder }) => ({
    inputs: labelsPath === undefined ? [volume.path] : [volume.path, labelsPath],
    outputFolders: [folder],
  }),
  'mirror-xray': ({ xrayPath, camera, folder }) => ({
    inputs: [xrayPath, ...ofCamera(camera)],
    outputFolders: [folder],
  }),
  phantom: ({ folder }) => ({ inputs: [], outputFolders: [folder] }),
  'resample-isotropic': ({ volume, labelsPath, folder }) => ({
    inputs: labelsPath === undefined ? [volume.path] : [volume.path, labelsPath],
    outputFolders: [folder],
  }),
}

/** The paths of all cases of a batch; a case that is not valid is refused here as the engine would refuse it. */
function ofCases(operation: string, cases: readonly { readonly input: unknown }[]): RequestPaths {
  if (!isOperationName(operation)) return reading()
  const paths = cases.map(({ input }) => pathsOf(operation, parseOperationInput(operation, input)))
  return {
    inputs: paths.flatMap(({ inputs }) => inputs),
    outputFolders: paths.flatMap(({ outputFolders }) => outputFolders),
  }
}

/** Every path that a validated request names; a new operation can't be added without saying its paths here. */
export function pathsOf<Name extends OperationName>(name: Name, input: OperationInput<Name>): RequestPaths {
  const collect: (input: OperationInput<Name>) => RequestPaths = collectors[name]
  return collect(input)
}
