import type { MatrixRefusal } from '../../transforms/model/matrix-text.js'
import type { MotionKind } from '../../transforms/model/affine.js'

/** What keeps a pasted text from being a matrix. */
export function refusalSentence(refusal: MatrixRefusal): string {
  switch (refusal.kind) {
    case 'file':
      return 'This is the content of a transform file, whose numbers mean something else. Load the file instead.'
    case 'count':
      return `A matrix has 16 numbers (or 12, without its last row); the text holds ${refusal.found}.`
    case 'last-row':
      return 'Neither the last row nor the last column is 0 0 0 1: this is no affine matrix.'
    case 'singular':
      return 'The matrix squeezes the volume flat: it has no inverse, so nothing can be moved by it.'
  }
}

export const transformsText = {
  list: 'Transforms',
  newName: 'Transform',
  composedName: (first: string, second: string) => `${first}, then ${second}`,
  fromSteps: {
    coregister: 'Onto the reference',
    isotropic: 'Centred',
    crop: (structure: string) => `Mirrored ${structure}`,
  },
  none: 'No transform yet. Make one, load a file, or let Co-register, Isotropic or a mirroring Crop make one.',
  add: 'New transform (identity)',
  load: 'Load a transform (.tfm, .txt, .h5, .mat)',
  remove: 'Remove the transform',
  removeMissing: 'Choose a transform first.',
  name: 'Name',
  loadedFrom: (source: string) => `from ${source}`,
  kinds: {
    identity: 'identity',
    rigid: 'rigid',
    mirror: 'mirror',
    affine: 'affine',
  } satisfies Record<MotionKind, string>,
  kindHelp: {
    identity: 'Moves nothing.',
    rigid: 'A rotation and a translation.',
    mirror: 'Left and right change places. It is no rigid motion: X-rays have to be mirrored with it.',
    affine: 'Stretches or shears; no pose can follow it.',
  } satisfies Record<MotionKind, string>,
  affineMirrors: 'It mirrors, too.',
  move: 'Move',
  direction:
    'Moves the CT from where its file has it, in LPS mm: L, P and S are towards left, posterior, superior.',
  preview: 'Preview',
  previews: { off: 'Off', ct: 'CT and labels', labels: 'Label map only' },
  previewShown: {
    ct: 'Preview: CT moved, nothing written',
    labels: 'Preview: labels moved, nothing written',
  },
  previewNote: 'Slices and 3D show the move; the DRR stays with the CT as its file has it.',
  noLabels: 'No label map is open.',
  handles: 'Handles in the views',
  handlesHelp: 'Drag inside the circle to shift, on the circle to turn; in 3D drag the arrows and the balls.',
  pivot: 'Turn about',
  pivots: { centre: 'Centre of the CT', place: 'Crosshair' },
  takeCrosshair: 'Take where the crosshair is now',
  turns: ['Turn L', 'Turn P', 'Turn S'],
  shifts: ['To L', 'To P', 'To S'],
  turnHelp: 'First about L, then about P, then about S; right-handed.',
  invert: 'Invert',
  invertHelp: 'The way back, in place of this transform',
  reset: 'Reset',
  resetHelp: 'Back to the identity',
  rigidPart: 'Rigid part',
  rigidPartHelp: 'Leaves out stretches and shears; holds at what it turns about',
  isRigid: 'It has no stretches or shears.',
  isIdentity: 'It moves nothing.',
  matrix: 'Matrix',
  matrixDirection: 'Direction',
  matrixDirections: { moved: 'CT → moved', file: 'Moved → CT (files)' },
  cell: (row: number, column: number) => `Row ${row}, column ${column}`,
  cellRefused: 'With this number the matrix has no inverse; it was left as it was.',
  copy: 'Copy the matrix',
  paste: 'Paste as text',
  pasteHelp: 'Sixteen numbers in rows or columns, in any common layout. Ctrl+V in the matrix works as well.',
  pasteTake: 'Take',
  pasteMissing: 'Enter the numbers first.',
  byColumns: 'The numbers stood column after column; they were turned over.',
  refusal: refusalSentence,
  compose: 'Compose',
  first: 'First',
  second: 'Then',
  composeMake: 'Make',
  composeHelp: (first: string, second: string) =>
    `A new transform: moves the CT as “${first}” does, and from there as “${second}” does.`,
  composeMissing: 'Two entries of the list are needed; it may be the same one twice.',
  save: 'Save as',
  saveFormats: { tfm: '.tfm', txt: '.txt', h5: '.h5', mat: '.mat' },
  saveButton: 'Save',
  saved: (path: string) => `Saved: ${path}`,
  savedHelp: 'The file takes points of the moved CT back to the CT, as ITK, 3D Slicer and --warp expect it.',
  replace: 'Replace the file',
  pose: 'Use for the pose',
  poseButtons: {
    'to-file': 'Pose of moved CT → CT',
    'to-moved': 'Pose of CT → moved CT',
  },
  poseHelp: {
    'to-file':
      'The pose shown was found on the moved CT; it becomes that of the CT as its file has it (worldFromVolume × T).',
    'to-moved':
      'The pose shown belongs to the CT as its file has it; it becomes that of the moved CT (worldFromVolume × T⁻¹).',
  },
  poseMirror:
    'The transform mirrors: so must the X-ray. The pose is mirrored along (x of the world), and belongs to the X-ray with its columns reversed, and its camera, as “isocenter xray mirror” writes them.',
  poseAffine: 'It stretches or shears; no pose can follow that. “Rigid part” leaves it out.',
  poseLocked: 'A registration is running.',
  noVolume: 'Open a CT first.',
  noTransform: 'Make or load a transform first.',
  moves: 'Move',
  movesChoices: { both: 'CT and label map', ct: 'CT', labels: 'Label map' },
  method: 'How',
  methods: { auto: 'Header if rigid', header: 'Header only', resample: 'Resample' },
  methodSays: {
    header: 'The voxels stay as they are; origin and directions in the header change.',
    resample: 'Resampled once: the CT linearly, with air outside; labels by nearest voxel.',
  },
  headerMissing: 'A header can hold a rotation and a translation only; choose Resample.',
  referenceHeader: 'A header can’t put voxels onto a reference’s grid; choose Resample.',
  reference: 'Grid of',
  ownGrid: 'The CT’s own grid',
  file: 'file…',
  keep: 'Keep',
  keepHelp: 'Ends the preview. The transform stays in the project for later, the CT as it is.',
  commandNeedsFile: 'Save the transform: the command takes it from its file.',
  kept: (name: string) => `“${name}” is kept; the CT is as it was.`,
  facts: {
    method: 'How',
    header: 'header only',
    resample: 'resampled once',
    size: 'Voxels',
    outside: 'Outside',
    stored: 'Positions within',
    lost: 'Lost',
  },
  history: {
    add: 'new transform',
    load: 'load a transform',
    fromStep: 'transform of a step',
    rename: 'rename a transform',
    remove: 'remove a transform',
    invert: 'invert a transform',
    rigid: 'rigid part of a transform',
    compose: 'compose transforms',
    reset: 'reset a transform',
    matrix: 'matrix of a transform',
    paste: 'paste a matrix',
    turn: 'turn by a transform',
    shift: 'shift by a transform',
  },
} as const
