import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import type { Camera } from '../../native-workers/contract/files/camera.js'
import type {
  CameraSource,
  Preprocessing,
  XraySource,
} from '../../native-workers/contract/operations/sources.js'
import type { OpenXrayOutput } from '../../native-workers/contract/operations/xray.js'
import { uncropped } from '../geometry/camera-edits.js'
import { useMessagesStore } from './messages.js'
import { idle, type Task } from './task.js'

export interface OpenedXray {
  readonly id: number
  readonly source: XraySource
  /** As given by the person; absent when the X-ray's own tags are all there is. */
  readonly cameraSource: CameraSource | undefined
  readonly opened: OpenXrayOutput
  /** Camera of the preprocessed picture; null while its distances are unknown. */
  readonly camera: Camera | null
  /** Whether the registration uses this view. */
  readonly included: boolean
}

export const defaultPreprocessing: Preprocessing = {
  crop: 0,
  invert: false,
  subtractBackground: false,
  linearize: false,
  autoMask: true,
}

/** The X-rays of the session, in the order in which they were opened. */
export const useXraysStore = defineStore('xrays', () => {
  const messages = useMessagesStore()
  const xrays = shallowRef<readonly OpenedXray[]>([])
  const activeId = ref<number | null>(null)
  const opening = shallowRef<Task<null>>(idle)
  let nextId = 1

  const active = computed(() => xrays.value.find(({ id }) => id === activeId.value) ?? null)
  const included = computed(() => xrays.value.filter((xray) => xray.included))

  async function read(source: XraySource, camera: CameraSource | undefined): Promise<OpenXrayOutput | null> {
    opening.value = { kind: 'running', startedAtMs: performance.now(), progress: null }
    const outcome = await window.isocenter.run('open-xray', { xray: source, camera }).promise
    if (outcome.ok) {
      opening.value = { kind: 'done', output: null }
      return outcome.output
    }
    opening.value = { kind: 'failed', error: outcome.error }
    messages.showError(outcome.error)
    return null
  }

  /** Opens an X-ray and shows it. A second view joins the registration only with a calibrated camera. */
  async function open(
    path: string,
    cameraSource?: CameraSource,
    preprocessing = defaultPreprocessing,
  ): Promise<void> {
    await add({ path, frame: 0, preprocessing }, cameraSource)
  }

  /** Adds an X-ray with all that is known of it; false where it can't be read. */
  async function add(
    source: XraySource,
    cameraSource: CameraSource | undefined,
    isIncluded?: boolean,
  ): Promise<boolean> {
    const opened = await read(source, cameraSource)
    if (opened === null) return false
    const isFirst = xrays.value.length === 0
    const xray: OpenedXray = {
      id: nextId++,
      source,
      cameraSource,
      opened: markRaw(opened),
      camera: opened.camera,
      included: isIncluded ?? (isFirst || cameraSource?.kind === 'file'),
    }
    xrays.value = [...xrays.value, xray]
    if (isFirst) activeId.value = xray.id
    return true
  }

  function replace(id: number, change: Partial<Omit<OpenedXray, 'id'>>): void {
    xrays.value = xrays.value.map((xray) => (xray.id === id ? { ...xray, ...change } : xray))
  }

  /** Reads an X-ray again with another frame, preprocessing, mask or camera; keeps the old on failure. */
  async function reopen(
    id: number,
    source: XraySource,
    cameraSource: CameraSource | undefined,
  ): Promise<void> {
    const opened = await read(source, cameraSource)
    if (opened === null) return
    replace(id, { source, cameraSource, opened: markRaw(opened), camera: opened.camera })
  }

  /** Gives an X-ray another camera, which it keeps when it is read again with another preprocessing. */
  function setCamera(id: number, camera: Camera): void {
    const xray = xrays.value.find((candidate) => candidate.id === id)
    if (xray === undefined) return
    const original = uncropped(camera, xray.source.preprocessing.crop)
    replace(id, { camera, cameraSource: { kind: 'camera', camera: original } })
  }

  function setIncluded(id: number, value: boolean): void {
    replace(id, { included: value })
  }

  function remove(id: number): void {
    xrays.value = xrays.value.filter((xray) => xray.id !== id)
    if (activeId.value === id) activeId.value = xrays.value[0]?.id ?? null
  }

  function clear(): void {
    xrays.value = []
    activeId.value = null
  }

  return {
    xrays,
    activeId,
    active,
    included,
    opening,
    open,
    add,
    reopen,
    setCamera,
    setIncluded,
    remove,
    clear,
  }
})
