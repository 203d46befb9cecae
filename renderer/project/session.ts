import type { Matrix4, Vector3 } from '../../native-workers/contract/matrix.js'
import type { LabelSource, VolumeSource } from '../../native-workers/contract/operations/sources.js'
import type {
  Project,
  ProjectCropBox,
  ProjectLabelEdits,
  ProjectPatient,
  ProjectPoint,
  ProjectRegistration,
  ProjectTransform,
  ProjectXray,
} from '../../native-workers/contract/project/project.js'
import type { RegistrationSettings } from '../registration/settings.js'
import type { TrainSettings } from '../training/train-settings.js'

/** What the window holds that a project keeps. */
export interface Session {
  readonly volume: VolumeSource | null
  readonly labels: LabelSource | null
  readonly shownLabels: string | null
  readonly labelEdits: ProjectLabelEdits | null
  readonly xrays: readonly ProjectXray[]
  readonly worldFromVolume: Matrix4
  readonly registrations: readonly ProjectRegistration[]
  /** Folder of the result that is shown. */
  readonly shownRegistration: string | null
  readonly transforms: readonly ProjectTransform[]
  /** Null where no box was drawn on the open CT. */
  readonly cropBox: ProjectCropBox | null
  readonly points: readonly ProjectPoint[]
  readonly pointsOfOtherVolume: boolean
  readonly settings: RegistrationSettings
  /** Checkpoints that a registration starts from. */
  readonly networks: readonly string[]
  /** Folder of the training that is shown. */
  readonly training: string | null
  /** What the next training will do; null where that is as usual. */
  readonly trainingSettings: TrainSettings | null
  readonly activeStep: string
  readonly view: {
    readonly windowLevel: { readonly width: number; readonly centre: number }
    readonly crosshairMm: Vector3
    readonly layout: string
    readonly maximised: string | null
    readonly overlayMode: string
    readonly blend: number
  }
}

/** Parts of the active patient that could not be opened; kept, so that a save does not lose them. */
export interface Unopened {
  readonly volume: VolumeSource | null
  readonly labels: LabelSource | null
  readonly shownLabels: string | null
  readonly xrays: readonly ProjectXray[]
}

export const nothingUnopened: Unopened = { volume: null, labels: null, shownLabels: null, xrays: [] }

export function patientOf(project: Project): ProjectPatient {
  const patient = project.patients.find(({ id }) => id === project.activePatient) ?? project.patients[0]
  if (patient === undefined) throw new Error('A project has at least one patient.')
  return patient
}

/** The project with its active patient changed. */
export function withPatient(project: Project, change: Partial<ProjectPatient>): Project {
  const { id } = patientOf(project)
  return {
    ...project,
    patients: project.patients.map((patient) => (patient.id === id ? { ...patient, ...change } : patient)),
  }
}

/** The project as the window now shows it. */
export function captured(project: Project, session: Session, unopened: Unopened): Project {
  const volume = session.volume ?? unopened.volume
  const labels = session.labels ?? unopened.labels
  const shownLabels = session.shownLabels ?? unopened.shownLabels
  return {
    ...withPatient(project, {
      volume: volume ?? undefined,
      labels: labels ?? undefined,
      shownLabels: shownLabels ?? undefined,
      labelEdits: session.labelEdits ?? undefined,
      xrays: [...session.xrays, ...unopened.xrays],
      worldFromVolume: session.worldFromVolume,
      registrations: [...session.registrations],
      shownRegistration: session.shownRegistration ?? undefined,
      transforms: [...session.transforms],
      cropBox: (session.volume === null ? patientOf(project).cropBox : session.cropBox) ?? undefined,
      points: [...session.points],
      pointsOfOtherVolume: session.pointsOfOtherVolume,
      networks: [...session.networks],
      training: session.training ?? undefined,
    }),
    activeStep: session.activeStep,
    registrationSettings: { ...session.settings },
    trainingSettings: session.trainingSettings ?? undefined,
    view: { ...session.view },
  }
}

/** Stored settings over the defaults; what is unknown or of another type than the field is passed over. */
export function settingsFrom(
  stored: Project['registrationSettings'],
  defaults: RegistrationSettings,
): RegistrationSettings {
  const known = Object.entries(defaults).filter(([name, value]) => typeof stored[name] === typeof value)
  return Object.assign({ ...defaults }, Object.fromEntries(known.map(([name]) => [name, stored[name]])))
}

/** Whether there is anything in the window that a new project would begin with. */
export function isEmptySession({ volume, xrays }: Session): boolean {
  return volume === null && xrays.length === 0
}
