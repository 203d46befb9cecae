import type { JobRequest } from './job-queue.js'

/**
 * Jobs of one lane run one after the other; the lanes run beside each other, as far as the operations yield.
 * `preview` follows the person's hand, `light` answers small questions, `heavy` takes seconds and much memory.
 */
export type Lane = 'preview' | 'light' | 'heavy'

const lightOperations: ReadonlySet<string> = new Set([
  'info',
  'inspect',
  'list-dataset',
  'evaluate-pose',
  'mirror-xray',
  'open-registration',
  'open-xray',
  'review-registration',
  'save-labels',
  'save-registration',
  'transform-pose',
  'list-dicom-series',
  'show-dicom',
  'set-dicom-tags',
])

export function laneOf(job: JobRequest): Lane {
  if (lightOperations.has(job.name)) return 'light'
  return job.name === 'render-drr' && isPreview(job.input) ? 'preview' : 'heavy'
}

function isPreview(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'quality' in input && input.quality === 'preview'
}
