import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import type { Camera } from '../../native-workers/contract/files/camera.js'
import type {
  CameraSource,
  Preprocessing,
  XraySource,
} from '../../native-workers/contract/operations/sources.js'
import type { OpenXrayOutput } from '../../native-workers/contract/operations/xray.js'
import { useHistoryStore } from '../history/history-store.js'
import { uncropped } from '../geometry/camera-edits.js'
import { text } from '../text/en.js'
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

/** What may be changed of an X-ray that is open. */
type XrayEdit = 'reading' | 'camera' | 'included'

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
  const history = useHistoryStore()
  const xrays = shallowRef<readonly OpenedXray[]>([])
  const activeId = ref<number | null>(null)
  const opening = shallowRef<Task<null>>(idle)
  let nextId = 1
  /** Ends with the last reading that was asked for. */
  let reading = Promise.resolve()

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

  /** Changes what is known of one X-ray, which can be undone. */
  function replace(
    id: number,
    change: Partial<Omit<OpenedXray, 'id'>>,
    edit: XrayEdit,
    mergeKey?: string,
  ): void {
    const before = xrays.value.find((xray) => xray.id === id)
    if (before === undefined) return
    const label = text.history.xray[edit](before.opened.name)
    const about = { scope: 'xrays', label, mergeKey: mergeKey && `${mergeKey} ${id}` } as const
    history.assign(about, before, { ...before, ...change }, (to) => {
      xrays.value = xrays.value.map((xray) => (xray.id === id ? to : xray))
    })
  }

  /** Reads an X-ray again with another frame, preprocessing, mask or camera; keeps the old on failure. */
  function reopen(id: number, source: XraySource, cameraSource: CameraSource | undefined): Promise<void> {
    const asked = xrays.value.find((xray) => xray.id === id)
    if (asked === undefined) return reading
    // One after the other, each with what it changes alone: a camera and a switch in quick succession both stay. One
    // that fails does not hold up the next.
    const before = reading.catch(() => undefined)
    reading = before.then(() => {
      const present = xrays.value.find((xray) => xray.id === id)
      if (present === undefined) return
      const isOtherCamera = cameraSource !== asked.cameraSource
      const changed = changedSource(present.source, asked.source, source)
      return readAgain(id, changed, isOtherCamera ? cameraSource : present.cameraSource)
    })
    return reading
  }

  async function readAgain(
    id: number,
    source: XraySource,
    cameraSource: CameraSource | undefined,
  ): Promise<void> {
    const opened = await read(source, cameraSource)
    if (opened === null) return
    const before = xrays.value.find((xray) => xray.id === id)
    // Frames are run through; everything else is chosen.
    const mergeKey = before !== undefined && before.source.frame !== source.frame ? 'frame' : undefined
    const isPlaced = before?.camera === null && opened.camera !== null && cameraSource?.kind === 'file'
    // A camera file places the X-ray beside the others, as when it comes with it; numbers alone do not.
    const included = isPlaced || (before?.included ?? true)
    const next = { source, cameraSource, opened: markRaw(opened), camera: opened.camera, included }
    replace(id, next, 'reading', mergeKey)
  }

  /** Gives an X-ray another camera, which it keeps when it is read again with another preprocessing. */
  function setCamera(id: number, camera: Camera): void {
    const xray = xrays.value.find((candidate) => candidate.id === id)
    if (xray === undefined) return
    const original = uncropped(camera, xray.source.preprocessing.crop)
    replace(id, { camera, cameraSource: { kind: 'camera', camera: original } }, 'camera', 'camera')
  }

  function setIncluded(id: number, value: boolean): void {
    replace(id, { included: value }, 'included')
  }

  function remove(id: number): void {
    const removed = xrays.value.find((xray) => xray.id === id)
    if (removed === undefined) return
    const before = { xrays: xrays.value, activeId: activeId.value }
    const rest = xrays.value.filter((xray) => xray !== removed)
    const after = { xrays: rest, activeId: before.activeId === id ? (rest[0]?.id ?? null) : before.activeId }
    const about = { scope: 'xrays', label: text.history.xray.removed(removed.opened.name) } as const
    history.assign(about, before, after, (to) => {
      xrays.value = to.xrays
      activeId.value = to.activeId
    })
  }

  function clear(): void {
    history.forget('xrays')
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

/** `present` with what differs between `from` and `to`, also what `to` no longer has. */
function changedSource(present: XraySource, from: XraySource, to: XraySource): XraySource {
  const preprocessing = { ...present.preprocessing, ...differences(from.preprocessing, to.preprocessing) }
  return {
    path: to.path,
    frame: to.frame === from.frame ? present.frame : to.frame,
    maskPath: to.maskPath === from.maskPath ? present.maskPath : to.maskPath,
    preprocessing,
  }
}

function differences(from: Preprocessing, to: Preprocessing): Partial<Preprocessing> {
  const before = new Map<string, unknown>(Object.entries(from))
  return Object.fromEntries(Object.entries(to).filter(([key, value]) => before.get(key) !== value))
}
