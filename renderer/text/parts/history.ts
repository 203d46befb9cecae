import type { RegistrationSettings } from '../../registration/settings.js'

/** What a pose was changed by. */
export type PoseEdit =
  | 'numbers'
  | 'drag'
  | 'wheel'
  | 'keys'
  | 'nominal'
  | 'file'
  | 'paste'
  | 'registration'
  | 'result'
  | 'transform'
  | 'points'

const settingNames: Readonly<Record<keyof RegistrationSettings, string>> = {
  anatomy: 'anatomy',
  start: 'start',
  searchAround: 'search around',
  rangeTurnDeg: 'search range, turn',
  rangeTiltDeg: 'search range, tilt',
  rangeRollDeg: 'search range, roll',
  rangeInPlaneMm: 'search range, in plane',
  rangeDepthMm: 'search range, depth',
  antipode: 'opposite view',
  initOnly: 'pose of the network alone',
  metric: 'similarity',
  optimizer: 'optimizer',
  attenuation: 'attenuation',
  boneMultiplier: 'bone multiplier',
  finish: 'finish',
  capRays: 'rays through the ends',
  robust: 'metal and instruments',
  refineIntrinsics: 'refine intrinsics',
  refineIntensity: 'refine intensity',
  confidence: 'confidence',
  seed: 'seed',
}

/** The setting of a name; several are the settings as such. */
export const settingName = (names: readonly string[]): string => {
  const found = Object.entries(settingNames).find(([name]) => name === names[0])
  const isOne = names.length === 1 || names[0] === 'anatomy'
  return isOne && found !== undefined ? found[1] : 'settings'
}

/** What can be undone, in words that follow “Undo:”. */
export const historyText = {
  networks: 'networks',
  undo: 'Undo',
  redo: 'Redo',
  undoOf: (change: string) => `Undo: ${change} (Ctrl+Z)`,
  redoOf: (change: string) => `Redo: ${change} (Ctrl+Y)`,
  nothingToUndo: 'There is nothing to undo.',
  nothingToRedo: 'There is nothing to redo.',
  registering: 'A registration is running; undo waits for its end.',
  travelling: 'A change is being undone or redone.',
  pose: {
    numbers: 'pose by numbers',
    drag: 'move the pose',
    wheel: 'pose by the wheel',
    keys: 'nudge the pose',
    nominal: 'nominal view',
    file: 'pose from a file',
    paste: 'pasted pose',
    registration: 'registration',
    result: 'pose of the result',
    transform: 'pose through a transform',
    points: 'pose from points',
  } satisfies Record<PoseEdit, string>,
  setting: (name: string) => `registration, ${name}`,
  resetSettings: 'reset of the registration’s settings',
  stepSettings: (step: string) => `${step}, settings`,
  structures: 'structures to register',
  xray: {
    reading: (name: string) => `${name}, how it is read`,
    camera: (name: string) => `${name}, C-arm`,
    included: (name: string) => `${name}, use in the registration`,
    removed: (name: string) => `removal of ${name}`,
  },
  labelColour: (label: number) => `colour of label ${label}`,
  labelsShown: (labels: readonly number[]) => `show ${labelsInWords(labels)}`,
  labelsHidden: (labels: readonly number[]) => `hide ${labelsInWords(labels)}`,
  labelNames: 'label names',
  labelName: (label: number) => `name of label ${label}`,
  edit: {
    paint: (label: number) => `paint label ${label}`,
    erase: 'erase',
    threshold: (label: number) => `threshold into label ${label}`,
    islands: (label: number) => `islands of label ${label}`,
    margin: (label: number) => `margin of label ${label}`,
    holes: (label: number) => `holes of label ${label}`,
    smoothing: (label: number) => `smoothing of label ${label}`,
    cut: 'scissors',
    filled: (label: number) => `fill label ${label} with scissors`,
    logic: {
      union: (label: number) => `union into label ${label}`,
      intersection: (label: number) => `intersection in label ${label}`,
      subtraction: (label: number) => `subtraction from label ${label}`,
    },
    deletion: (labels: readonly number[]) => `deletion of ${labelsInWords(labels)}`,
    renumbering: (labels: readonly number[]) => `new number of ${labelsInWords(labels)}`,
  },
} as const

function labelsInWords(labels: readonly number[]): string {
  const [only] = labels
  return labels.length === 1 && only !== undefined ? `label ${only}` : `${labels.length} labels`
}
