import { defineStore } from 'pinia'
import { ref } from 'vue'
import { dropTarget } from '../data/open-dropped.js'
import { fileName } from '../text/format.js'
import { text } from '../text/en.js'
import { useCheckpointsStore } from '../training/checkpoints-store.js'
import { useFinetuneStore } from '../training/finetune-store.js'
import { useMessagesStore } from './messages.js'
import { usePoseStore } from './pose.js'
import { useRegistrationSettingsStore } from './registration-settings.js'
import { useVolumeStore } from './volume.js'
import { useWorkflowStore } from './workflow.js'
import { useXraysStore } from './xrays.js'

/** Opening by dialog and by drop; the first CT that meets an X-ray is placed as in an AP view. */
export const useOpenFilesStore = defineStore('open-files', () => {
  const messages = useMessagesStore()
  const volumes = useVolumeStore()
  const xrays = useXraysStore()
  const pose = usePoseStore()
  const isDropping = ref(false)

  /** Whether there is a CT and a camera to see it with. */
  const isReady = (): boolean => volumes.volume !== null && (xrays.active?.camera ?? null) !== null

  function placeIfNew(wasReady: boolean): void {
    if (!wasReady && isReady()) pose.begin(pose.nominal('AP'))
  }

  async function openVolumePath(path: string): Promise<void> {
    if (await volumes.open({ path, acceptGeometry: false })) placeIfNew(false)
  }

  async function openXrayPath(path: string): Promise<void> {
    const wasReady = isReady()
    await xrays.open(path)
    placeIfNew(wasReady)
  }

  async function openVolume(kind: 'volume-file' | 'volume-folder'): Promise<void> {
    const [path] = await window.isocenter.openFiles(kind)
    if (path !== undefined) await openVolumePath(path)
  }

  async function openXray(): Promise<void> {
    for (const path of await window.isocenter.openFiles('xray')) await openXrayPath(path)
  }

  /** Gives the shown X-ray the camera of a file. */
  async function openCameraPath(path: string): Promise<void> {
    const xray = xrays.active
    if (xray === null) {
      messages.show('warning', text.data.droppedNeedsXray)
      return
    }
    const wasReady = isReady()
    await xrays.reopen(xray.id, xray.source, { kind: 'file', path })
    placeIfNew(wasReady)
  }

  async function openCamera(): Promise<void> {
    const [path] = await window.isocenter.openFiles('camera')
    if (path !== undefined) await openCameraPath(path)
  }

  async function openPosePath(path: string): Promise<void> {
    const outcome = await window.isocenter.readJsonFile('pose', path)
    if (outcome.ok) pose.place(outcome.output.worldFromVolume, 'file')
    else messages.showError(outcome.error)
  }

  async function openPose(): Promise<void> {
    const [path] = await window.isocenter.openFiles('pose')
    if (path !== undefined) await openPosePath(path)
  }

  async function openDropped(files: readonly File[]): Promise<void> {
    for (const file of files) {
      const path = await window.isocenter.pathForDroppedFile(file)
      if (path !== null) await openByContent(path)
    }
  }

  /** A dropped network is what the step at hand starts from: a fine-tuning, else a registration. */
  async function takeNetwork(path: string): Promise<boolean> {
    if ((await useCheckpointsStore().read(path)).kind !== 'read') return false
    if (useWorkflowStore().active === 'finetune') useFinetuneStore().change({ checkpoint: path })
    else useRegistrationSettingsStore().startFromNetworks([path])
    return true
  }

  async function openByContent(path: string): Promise<void> {
    const outcome = await window.isocenter.run('info', { path }).promise
    if (!outcome.ok) {
      if (!(await takeNetwork(path))) messages.showError(outcome.error)
      return
    }
    switch (dropTarget(outcome.output.kind)) {
      case 'volume':
        return openVolumePath(path)
      case 'xray':
        return openXrayPath(path)
      case 'camera':
        return openCameraPath(path)
      case 'pose':
        return openPosePath(path)
      case 'unknown':
        if (await takeNetwork(path)) return
        messages.show('warning', text.data.droppedUnknown(fileName(path)))
    }
  }

  return { isDropping, openVolume, openXray, openCamera, openPose, openDropped, placeIfNew }
})
