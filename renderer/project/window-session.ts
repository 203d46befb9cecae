import { computed, nextTick, type ComputedRef } from 'vue'
import type { Project } from '../../native-workers/contract/project/project.js'
import { pathsOfXray } from '../../native-workers/contract/project/project-paths.js'
import { useHistoryStore } from '../history/history-store.js'
import { usePointsStore } from '../points/points-store.js'
import { defaultRegistrationSettings } from '../registration/settings.js'
import { useResultsStore } from '../results/results-store.js'
import { useLabelJournalStore } from '../segmentation/journal-store.js'
import { useLabelsStore } from '../stores/labels.js'
import { usePatientSessionStore } from '../stores/patient-session.js'
import { usePoseStore } from '../stores/pose.js'
import { useRegistrationSettingsStore } from '../stores/registration-settings.js'
import { overlayModes, useViewsStore, type Layout, type ViewName } from '../stores/views.js'
import { useVolumeStore } from '../stores/volume.js'
import { useWorkflowStore } from '../stores/workflow.js'
import { useXraysStore } from '../stores/xrays.js'
import { settingsOfForm } from '../training/train-settings.js'
import { useTrainStepStore } from '../training/train-step-store.js'
import { useTrainingStore } from '../training/training-store.js'
import { useTransformsStore } from '../transforms/store.js'
import { useCropBoxStore } from '../steps/crop/box/store.js'
import { useCropStore } from '../steps/crop/store.js'
import { stepNames } from '../workflow/step-names.js'
import { xrayFile } from '../points/point-pairs.js'
import { patientOf, settingsFrom, type Session, type Unopened } from './session.js'

const viewNames: readonly ViewName[] = ['axial', 'sagittal', 'coronal', 'three-d', 'xray']
const layoutNames: readonly Layout[] = ['all', 'slices', 'three-d', 'xray']

export interface WindowSession {
  /** What is open now. Free of Vue's proxies, which can't cross to the main process. */
  readonly session: ComputedRef<Session>
  /** Closes all that is open. */
  readonly clear: () => Promise<void>
  /**
   * Opens a project's active patient. Parts that name a path of `missing`, or fail, come back as unopened.
   * `onProgress` counts the files.
   */
  readonly restore: (
    project: Project,
    missing: ReadonlySet<string>,
    onProgress: (done: number, total: number) => void,
  ) => Promise<Unopened>
  /** Tries what was not opened again. */
  readonly retry: (unopened: Unopened, missing: ReadonlySet<string>) => Promise<Unopened>
}

/** The stores of the window, as the session that a project captures and restores. */
export function useWindowSession(): WindowSession {
  const volumes = useVolumeStore()
  const labels = useLabelsStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const settings = useRegistrationSettingsStore()
  const points = usePointsStore()
  const views = useViewsStore()
  const workflow = useWorkflowStore()
  const transforms = useTransformsStore()
  const history = useHistoryStore()
  const results = useResultsStore()
  const patientSession = usePatientSessionStore()
  const crop = useCropStore()
  const trainings = useTrainingStore()
  const trainStep = useTrainStepStore()
  const boxes = useCropBoxStore()

  const cropBox = computed(() => {
    const { openBox, isChosen } = boxes
    return openBox === null ? null : { first: openBox.first, last: openBox.last, isChosen }
  })
  const journal = useLabelJournalStore()

  const session = computed<Session>(() => ({
    volume: volumes.volume?.source ?? null,
    labels: volumes.labels,
    shownLabels: labels.map?.path ?? null,
    labelEdits: journal.kept,
    xrays: xrays.xrays.map(({ id, source, cameraSource, included }) => ({
      source,
      ...(cameraSource !== undefined && { camera: cameraSource }),
      included,
      points: xrayFile(points.pairs, id).points,
    })),
    worldFromVolume: pose.worldFromVolume,
    registrations: results.stored,
    shownRegistration: results.shownFolder,
    transforms: transforms.all,
    cropBox: cropBox.value,
    points: points.pairs.map(({ name, colour, positionMm }) => ({
      name,
      colour,
      ...(positionMm !== null && { position: positionMm }),
    })),
    pointsOfOtherVolume: points.isOfOtherVolume,
    settings: { ...settings.settings },
    networks: settings.networks,
    trainingSettings: trainStep.isChanged ? settingsOfForm(trainStep.form) : null,
    training: trainings.folder,
    activeStep: workflow.active,
    view: {
      windowLevel: views.windowLevel,
      crosshairMm: views.crosshairMm,
      layout: views.layout,
      maximised: views.maximised,
      overlayMode: views.overlayMode,
      blend: views.blend,
    },
  }))

  async function clear(): Promise<void> {
    patientSession.begin()
    results.clear()
    xrays.clear()
    volumes.close()
    transforms.begin([])
    settings.reset()
    settings.startResult = null
    settings.networks = []
    trainings.forget()
    trainStep.restore(null)
    points.restore([])
    views.maximised = null
    crop.put({ method: 'structures', box: null })
    workflow.go('data')
    journal.giveUp()
    history.clear()
    // What follows the CT is set back before something else is opened.
    await nextTick()
  }

  async function retry(unopened: Unopened, missing: ReadonlySet<string>): Promise<Unopened> {
    const { volume } = unopened
    const isThere = volume !== null && !missing.has(volume.path)
    const opened = isThere && (await volumes.open(volume))
    // The registration's labels are shown too, unless others were.
    const left = opened || volumes.volume !== null ? await openLabels(unopened, missing) : unopened
    const stillUnopened: Unopened['xrays'][number][] = []
    for (const xray of unopened.xrays) {
      const isWhole = !pathsOfXray(xray).some((path) => missing.has(path))
      if (!isWhole || !(await xrays.add(xray.source, xray.camera, xray.included))) stillUnopened.push(xray)
      else attachPoints(xray)
    }
    return { ...left, volume: opened ? null : volume, xrays: stillUnopened }
  }

  function attachPoints({ points: picked = [] }: Unopened['xrays'][number]): void {
    const opened = xrays.xrays.at(-1)
    if (opened !== undefined) points.attach(opened.id, picked)
  }

  async function openLabels(unopened: Unopened, missing: ReadonlySet<string>): Promise<Unopened> {
    let { labels: chosen, shownLabels } = unopened
    if (chosen !== null && !missing.has(chosen.path)) {
      volumes.labels = chosen
      chosen = null
      // The label view follows the choice; the person's own choice comes after it.
      await nextTick()
    }
    if (shownLabels !== null && !missing.has(shownLabels)) {
      if (shownLabels === volumes.labels?.path || (await labels.open(shownLabels))) shownLabels = null
    }
    return { ...unopened, labels: chosen, shownLabels }
  }

  async function restore(
    project: Project,
    missing: ReadonlySet<string>,
    onProgress: (done: number, total: number) => void,
  ): Promise<Unopened> {
    const patient = patientOf(project)
    const { volume = null, labels: chosen = null, shownLabels = null } = patient
    const total = patient.xrays.length + (volume === null ? 0 : 1)
    await clear()
    onProgress(0, total)
    let left = await retry({ volume, labels: chosen, shownLabels, xrays: [] }, missing)
    points.restore(patient.points ?? [], patient.pointsOfOtherVolume)
    let done = volume === null ? 0 : 1
    for (const xray of patient.xrays) {
      onProgress(done++, total)
      const one = await retry({ volume: null, labels: null, shownLabels: null, xrays: [xray] }, missing)
      left = { ...left, xrays: [...left.xrays, ...one.xrays] }
    }
    onProgress(total, total)
    const { labelEdits } = patient
    if (labelEdits !== undefined && !missing.has(labelEdits.journal)) journal.offer(labelEdits)
    // Opening sets window, crosshair and step anew: the saved ones come after it.
    await nextTick()
    await results.restore(patient.registrations, patient.shownRegistration ?? null)
    restoreView(project)
    transforms.begin(patient.transforms ?? [])
    if (patient.cropBox !== undefined) {
      boxes.restore(patient.cropBox)
      crop.put({ method: patient.cropBox.isChosen ? 'box' : 'structures' })
    }
    settings.networks = patient.networks ?? []
    if (patient.training !== undefined && !missing.has(patient.training))
      void trainings.find(patient.training)
    if (patient.worldFromVolume !== undefined) pose.begin(patient.worldFromVolume)
    return left
  }

  function restoreView({ view, activeStep, registrationSettings, trainingSettings }: Project): void {
    trainStep.restore(trainingSettings ?? null)
    settings.settings = settingsFrom(registrationSettings, defaultRegistrationSettings)
    views.windowLevel = view.windowLevel ?? views.windowLevel
    views.crosshairMm = view.crosshairMm ?? views.crosshairMm
    views.blend = view.blend ?? views.blend
    views.overlayMode = overlayModes.find((mode) => mode === view.overlayMode) ?? views.overlayMode
    views.setLayout(layoutNames.find((name) => name === view.layout) ?? views.layout)
    views.maximised = viewNames.find((name) => name === view.maximised) ?? null
    workflow.go(stepNames.find((name) => name === activeStep) ?? 'data')
  }

  return { session, clear, restore, retry }
}
