import type { OpenKind } from '../window/messages.js'
import type { Project, ProjectPatient, ProjectXray } from './project.js'

/** What a path of a project stands for: the kind that a dialog would ask for, or a folder of results. */
export type ProjectPathKind =
  | Extract<
      OpenKind,
      'volume-file' | 'labels' | 'xray' | 'mask' | 'camera' | 'checkpoint' | 'training-folder'
    >
  | 'results'

type MapPath = (path: string, kind: ProjectPathKind) => string

/** The project with every path replaced. The one place that knows where paths stand in it. */
export function mapProjectPaths<Form extends Project>(project: Form, map: MapPath): Form {
  return { ...project, patients: project.patients.map((patient) => mapPatient(patient, map)) }
}

function mapPatient(patient: ProjectPatient, map: MapPath): ProjectPatient {
  const { volume, labels, shownLabels, labelEdits, shownRegistration, networks, training } = patient
  return {
    ...patient,
    ...(volume && { volume: { ...volume, path: map(volume.path, 'volume-file') } }),
    ...(labels && { labels: { ...labels, path: map(labels.path, 'labels') } }),
    ...(shownLabels !== undefined && { shownLabels: map(shownLabels, 'labels') }),
    ...(labelEdits && {
      labelEdits: { map: map(labelEdits.map, 'labels'), journal: map(labelEdits.journal, 'labels') },
    }),
    xrays: patient.xrays.map((xray) => mapXray(xray, map)),
    registrations: patient.registrations.map((registration) => ({
      ...registration,
      folder: map(registration.folder, 'results'),
    })),
    ...(shownRegistration !== undefined && { shownRegistration: map(shownRegistration, 'results') }),
    ...(networks && { networks: networks.map((path) => map(path, 'checkpoint')) }),
    ...(training !== undefined && { training: map(training, 'training-folder') }),
  }
}

export function mapXray(xray: ProjectXray, map: MapPath): ProjectXray {
  const { source, camera } = xray
  return {
    ...xray,
    source: {
      ...source,
      path: map(source.path, 'xray'),
      ...(source.maskPath !== undefined && { maskPath: map(source.maskPath, 'mask') }),
    },
    ...(camera?.kind === 'file' && { camera: { ...camera, path: map(camera.path, 'camera') } }),
  }
}

export interface ProjectPath {
  readonly path: string
  readonly kind: ProjectPathKind
}

/** The paths of one X-ray of a project. */
export function pathsOfXray(xray: ProjectXray): readonly string[] {
  const paths: string[] = []
  mapXray(xray, (path) => {
    paths.push(path)
    return path
  })
  return paths
}

/** Every path of a project, each once, in the order of the project. */
export function pathsOfProject(project: Project): readonly ProjectPath[] {
  const kinds = new Map<string, ProjectPathKind>()
  mapProjectPaths(project, (path, kind) => {
    if (!kinds.has(path)) kinds.set(path, kind)
    return path
  })
  return [...kinds].map(([path, kind]) => ({ path, kind }))
}
