import type { StepName, StepStatus } from '../../workflow/step-names.js'

export const workflowText = {
  title: 'Steps',
  steps: {
    data: 'Data',
    clean: 'Clean labels',
    segment: 'Edit labels',
    crop: 'Crop',
    coregister: 'Co-register',
    transforms: 'Transforms',
    isotropic: 'Isotropic',
    register: 'Register',
    drr: 'Fine DRR',
    evaluate: 'Evaluate',
    export: 'Export',
  } satisfies Record<StepName, string>,
  details: {
    data: 'Open CT, label map and X-rays',
    clean: 'Keep the largest part of every label',
    segment: 'Paint and correct the label map by hand',
    crop: 'Cut structures out of the CT, mirrored if asked',
    coregister: 'Bring a CT onto a reference CT',
    transforms: 'Move the CT by hand or by a file; compose, invert, apply',
    isotropic: 'Centre, and resample to cubes',
    register: 'Find the pose of the CT behind the X-rays',
    drr: 'Render the final pose at full resolution',
    evaluate: 'Figures and metrics of a registration',
    export: 'Animations and 3D scenes',
  } satisfies Record<StepName, string>,
  status: {
    'not-started': 'Not started',
    running: 'Running',
    done: 'Done',
    'out-of-date': 'Out of date: an earlier step has changed',
    failed: 'Failed',
  } satisfies Record<StepStatus, string>,
} as const
