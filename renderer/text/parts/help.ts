import type { HelpTab } from '../../help/tabs.js'
import type { StepName } from '../../workflow/step-names.js'
import { exportingText } from './exporting.js'
import { resultStepsText } from './result-steps.js'
import { resultsText } from './results.js'
import { sequenceText } from './sequence.js'

interface StepHelp {
  readonly needs: string
  readonly does: string
  readonly writes: string
}

interface HelpSection {
  readonly title: string
  readonly sentences: readonly string[]
  /** In the type of a formula; empty for none. */
  readonly formula: string
}

const steps: Readonly<Record<StepName, StepHelp>> = {
  data: {
    needs: 'Nothing.',
    does: 'Opens a CT (NIfTI, NRRD, MHA, DICOM or TIFF folder), a label map, and X-rays (DICOM, PNG, TIFF, JPEG), each with its camera: from a file, from DICOM tags, or as numbers. A doubtful geometry is told in words and has to be accepted.',
    writes: 'Nothing; the files that are opened are never changed.',
  },
  clean: {
    needs: 'A label map and an output folder.',
    does: 'Keeps the largest connected part of every label, a number of parts, or all parts above a volume.',
    writes: 'The cleaned label map on the same grid, in the folder “clean”.',
  },
  segment: {
    needs: 'A CT and a label map over it; saving also needs an output folder.',
    does: 'Paints, erases, cuts, thresholds, cleans, combines, renumbers and names labels by hand; every edit can be undone. In a project, edits that are not saved yet are kept as they go and offered after a crash.',
    writes: 'The edited label map with its names, in the folder “labels”; it becomes the session’s.',
  },
  crop: {
    needs: 'A CT and an output folder; structures also need a label map on its grid.',
    does: 'Cuts a box or the chosen structures out, with a margin; a structure can be mirrored onto the other side.',
    writes: 'The cropped CT with its labels, and the transform of what was mirrored.',
  },
  coregister: {
    needs: 'A CT, a reference CT and an output folder; label maps of both make it surer.',
    does: 'Brings the CT onto the reference, as poses of several CTs can be compared only in one frame.',
    writes: 'The CT, and its labels, on the reference; the transform that leads back.',
  },
  transforms: {
    needs: 'A CT; an output folder to apply or save.',
    does: 'Lists the transforms of the project: loaded, made by the steps that move a CT, or by hand with numbers, matrix or handles. Composes and inverts them, shows the move before it is applied, and brings a pose through.',
    writes: 'The moved CT, and its labels, with the transform that leads back; transform files.',
  },
  isotropic: {
    needs: 'A CT and an output folder.',
    does: 'Resamples to cubes and centres the grid, as training with other tools expects it. Registering here needs neither.',
    writes: 'The CT, and its labels, on the new grid; the transform that leads back.',
  },
  xray: {
    needs: 'An X-ray.',
    does: 'Makes bone bright, says which pixels count (found, from a file, or painted), and states the C-arm: distance, pixel pitch, principal point.',
    writes: 'Mask files, as pictures; nothing else is written.',
  },
  train: {
    needs: 'One or several CTs and an output folder; label maps let losses look at structures.',
    does: 'Renders X-rays at random poses within the ranges and teaches a network to tell their poses. The views show what the ranges hold before, and curves, validation errors and pictures during it. It runs beside all other work, can be paused, and goes on from its last checkpoint after a crash.',
    writes:
      'A folder below “train” with checkpoints (network, settings, state), a log and TensorBoard events.',
  },
  finetune: {
    needs: 'A trained network (of this program or of xvr), a CT and an output folder.',
    does: 'Trains the network on for a few hundred iterations on this CT alone, with its own ranges and detector. A transform leads over where it was trained in another frame.',
    writes: 'A folder below “finetune” with checkpoints, like a training.',
  },
  register: {
    needs: 'A CT, and one or more X-rays whose geometry is known.',
    does: 'Finds the pose of the CT behind the X-rays: from a search over a range of views, from the present pose, from DICOM angles, from landmarks or from a trained network. The verdict is good, check or failed, with its reasons and the error to expect.',
    writes: 'Nothing until it is saved; then result.json with pictures and the course of the optimisation.',
  },
  drr: {
    needs: 'A registration and an output folder.',
    does: 'Renders the registered CT at the full resolution of an X-ray, with several rays per pixel.',
    writes: 'One DRR as PNG, DICOM, TIFF or MHA.',
  },
  evaluate: {
    needs: 'A registration and an output folder; errors also need a true pose.',
    does: 'Compares X-ray and DRR in figures and numbers, and a pose with the true one.',
    writes: 'Figures (PNG, SVG, PDF) and tables of metrics.',
  },
  export: {
    needs:
      'An output folder, and a registration; frames need the results of all frames, surfaces a label map.',
    does: 'Makes what leaves the program, each in a section of its own.',
    writes:
      'Files in the folder “export”; one that another program wrote or that was edited is replaced only when told to.',
  },
}

/** The sections of a step that want words of their own. */
const sections: Partial<
  Readonly<Record<StepName, readonly { readonly title: string; readonly sentence: string }[]>>
> = {
  register: [
    {
      title: sequenceText.title,
      sentence:
        'Of a recording: registers frame after frame, each from the pose of the one before, into a folder of its own. After a cancel the same run goes on where it ended; the slider shows each frame with its DRR.',
    },
    {
      title: resultsText.title,
      sentence:
        'Every registration of the patient. A click shows one again, another can be laid beside it, and each can be accepted or rejected with a note. In a project they are saved as they come.',
    },
  ],
  export: [
    {
      title: exportingText.figure.title,
      sentence:
        'Panels for print: X-ray, DRRs, overlays, slices, the 3D scene, the curve; with letters, captions, scale bars and a colour bar, at the width of a journal’s columns. The preview follows every change; a legend in words can be copied. PNG, TIFF, SVG or PDF.',
    },
    {
      title: exportingText.report.title,
      sentence:
        'One page, PDF: verdict with its reasons, pose, pictures and settings. The names of the input files can be left out, as they may name a patient.',
    },
    {
      title: resultStepsText.animation.title,
      sentence: 'The optimisation from start to answer, with its loss: GIF, MP4 or WebM.',
    },
    {
      title: exportingText.orbit.title,
      sentence: 'The CT, alone or with C-arm and X-rays, turned once round: GIF, MP4 or WebM.',
    },
    {
      title: exportingText.frames.title,
      sentence:
        'The frames of a recording one after the other with their DRRs, from the folder that holds the result of every frame.',
    },
    {
      title: resultStepsText.scene.title,
      sentence:
        'One HTML file that opens in any browser without network, with bone, C-arm and X-rays; pictures and models beside it.',
    },
    {
      title: exportingText.surfaces.title,
      sentence:
        'Labels as closed surfaces in STL, PLY or OBJ, in LPS or RAS millimetres, smoothed and thinned if asked.',
    },
  ],
}

const units: readonly HelpSection[] = [
  {
    title: 'Units',
    sentences: [
      'Lengths are millimetres, angles degrees, CT values Hounsfield units.',
      'Pixels count from 0; (0, 0) is the centre of the top-left pixel, so the middle of a picture of width w lies at (w − 1) / 2.',
    ],
    formula: '',
  },
  {
    title: 'One frame: LPS',
    sentences: [
      'x points to the patient’s left, y to the back, z to the head, as in DICOM and ITK.',
      'A CT’s frame is its own LPS millimetres, through origin, spacing and direction; nothing is re-centred. Files in RAS (as NIfTI stores them) are converted when they are opened.',
    ],
    formula: '',
  },
  {
    title: 'Camera axes',
    sentences: [
      'x runs along the columns of the X-ray, y down its rows, z from the source to the detector. The origin is the source.',
      'Intrinsics are in pixels: focal lengths fx, fy (source–detector distance over pixel pitch) and principal point cx, cy.',
    ],
    formula: 'u = fx · x / z + cx     v = fy · y / z + cy',
  },
  {
    title: 'Matrices',
    sentences: [
      'They are named target-from-source and multiply column vectors: cameraFromVolume takes points of the CT to the camera.',
      'The pose that is sought is worldFromVolume. With one X-ray the camera usually is the world; calibrated views have a cameraFromWorld each.',
    ],
    formula: 'cameraFromVolume = cameraFromWorld · worldFromVolume',
  },
  {
    title: 'Pose fields',
    sentences: [
      'x, y, z place the CT’s centre in camera axes; larger z is nearer to the detector.',
      'Turn about the vertical, tilt about the horizontal and roll in the picture’s plane lead out of the AP view.',
    ],
    formula: '',
  },
]

export const helpText = {
  title: 'Help',
  tabs: {
    shortcuts: 'Keyboard and mouse',
    steps: 'Steps',
    units: 'Units and frames',
    log: 'Log',
    about: 'About',
  } satisfies Record<HelpTab, string>,
  stepsIntroduction:
    'No step locks another: what lacks something says so at its button. A step whose inputs have changed since is marked as out of date.',
  stepParts: { needs: 'Needs', does: 'Does', writes: 'Writes' } satisfies Record<keyof StepHelp, string>,
  steps,
  sections,
  units,
  filter: 'Filter',
  filterLog: 'Filter the log',
  filterLicences: 'Filter the libraries',
  reload: 'Read again',
  lineCount: (shown: number, all: number) => (shown === all ? `${all} lines` : `${shown} of ${all} lines`),
  noLines: 'There are no such lines.',
  copyLines: 'Copy lines',
  linesCopied: 'Lines copied',
  logHelp: 'Lines of the log can hold paths and file names. The problem report holds none.',
  copyReport: 'Copy problem report',
  reportCopied: 'Report copied',
  reportHelp: 'Versions, errors and log lines, without paths, file names or patient data.',
  facts: {
    electron: 'Electron',
    chrome: 'Chromium',
    engine: 'Engine’s Node',
    platform: 'System',
    processors: 'Processors',
    graphics: 'Graphics',
    unknown: 'unknown',
  },
  licences: 'Libraries and licences',
  licencesHelp:
    'Isocenter itself is under the MIT licence. Electron brings the licences of Chromium’s parts in its own file.',
} as const
