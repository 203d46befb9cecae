/** The steps from raw CT to exported figure, in the order of the work; none locks another. */
export const stepNames = [
  'data',
  'clean',
  'segment',
  'crop',
  'coregister',
  'transforms',
  'isotropic',
  'xray',
  'train',
  'finetune',
  'register',
  'drr',
  'evaluate',
  'export',
] as const
export type StepName = (typeof stepNames)[number]

/** How far a step is; `out-of-date`: what it was made from has changed since; `unsaved`: edits are in no file yet. */
export type StepStatus = 'not-started' | 'running' | 'done' | 'unsaved' | 'out-of-date' | 'failed'
