import { projectFormat, type Project } from '../../native-workers/contract/project/project.js'
import { version } from '../../native-workers/contract/version.js'

/** An empty project with one patient. */
export function newProject(name: string, newId: () => string): Project {
  const now = new Date().toISOString()
  const patientId = newId()
  return {
    schema: `isocenter/project@${projectFormat}`,
    id: newId(),
    name,
    created: now,
    changed: now,
    version,
    patients: [{ id: patientId, name: '', xrays: [], registrations: [] }],
    activePatient: patientId,
    activeStep: 'data',
    registrationSettings: {},
    view: { maximised: null },
  }
}
