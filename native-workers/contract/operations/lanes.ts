/**
 * Jobs of one lane run one after the other; the lanes run beside each other, as far as the operations yield.
 * `preview` follows the person's hand, `light` answers small questions, `heavy` takes seconds and much memory. `training` takes minutes to days, and
 * has a thread of its own, so that everything else goes on beside it.
 */
export type Lane = 'preview' | 'light' | 'heavy' | 'training'
const lightOperations: ReadonlySet<string> = new Set([
  'info',
  'inspect',
  'list-dataset',
  'evaluate-pose',
  'mirror-xray',
  'open-registration',
  'open-xray',
  'preview-training',
  'read-training',
  'review-registration',
  'save-labels',
  'save-registration',
  'transform-pose',
  'list-dicom-series',
  'show-dicom',
  'set-dicom-tags',
])
const trainingOperations: ReadonlySet<string> = new Set(['train', 'restart-training'])

/** The lane that an operation with this input waits in. */
export function laneOf(name: string, input: unknown): Lane {
  if (lightOperations.has(name)) return 'light'
  if (trainingOperations.has(name)) return 'training'
  return name === 'render-drr' && isPreview(input) ? 'preview' : 'heavy'
}

function isPreview(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'quality' in input && input.quality === 'preview'
}
