import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import type { SequenceFrame } from '../../native-workers/contract/files/sequence-result.js'
import type { RegisterSequenceOutput } from '../../native-workers/contract/operations/register-sequence.js'
import type { OpenXrayOutput } from '../../native-workers/contract/operations/xray.js'
import type { Outcome } from '../../native-workers/contract/wire-error.js'
import { cameraFromNumbers } from '../geometry/camera.js'
import { compose, identity4, rotationFromVector } from '../geometry/math.js'
import { useEngineStore } from '../stores/engine.js'
import { useMessagesStore } from '../stores/messages.js'
import { useOutputFolderStore } from '../stores/output-folder.js'
import { usePatientSessionStore } from '../stores/patient-session.js'
import { usePoseStore } from '../stores/pose.js'
import { useVolumeStore } from '../stores/volume.js'
import { useXraysStore } from '../stores/xrays.js'
import { text } from '../text/en.js'
import { useSequenceStore } from './sequence-store.js'

vi.mock('../composables/graphics.js', () => ({ graphics: { kind: 'none' } }))
vi.stubGlobal('Worker', class extends EventTarget {})

const camera = cameraFromNumbers({
  imageSize: { width: 4, height: 3 },
  sourceToDetectorMm: 1000,
  pixelSpacingMm: [1, 1],
  principalPoint: [1.5, 1],
  cameraFromWorld: identity4,
})
const opened: OpenXrayOutput = {
  name: 'run.dcm',
  format: 'DICOM',
  tags: { frames: 3 },
  camera,
  issues: [],
  validPixelFraction: 1,
  picture: { width: 4, height: 3, pixels: new Float32Array(12), valid: new Uint8Array(12) },
}
const frame = (index: number): SequenceFrame => ({
  frame: index,
  folder: `frame-000${index}`,
  verdict: { level: 'good', reasons: [] },
  expectedErrorMm: 0.2,
  similarities: [0.9],
  worldFromVolume: compose(rotationFromVector([0, 0, 0]), [index, 0, 700]),
  positionMm: [index, 0, 700],
  rotationDeg: [0, 0, 0],
  seconds: 1,
})
const output: RegisterSequenceOutput = {
  sequence: {
    schema: 'isocenter/sequence@1',
    frame: 'LPS',
    created: '',
    version: '',
    isocentreMm: [0, 0, 0],
    xrays: ['run.dcm'],
    frames: [frame(0), frame(2)],
  },
  keptFrames: [],
  files: ['/out/sequence-run/sequence.json'],
}

let end: (outcome: Outcome<unknown>) => void = () => undefined
const requests: { readonly name: string; readonly request: unknown }[] = []

beforeEach(async () => {
  setActivePinia(createPinia())
  requests.length = 0
  vi.stubGlobal('window', {
    isocenter: {
      run: (name: string, request: unknown) => {
        requests.push({ name, request })
        const promise =
          name === 'open-xray'
            ? Promise.resolve({ ok: true, output: opened })
            : new Promise((resolve) => (end = resolve))
        return { promise, cancel: () => undefined }
      },
    },
  })
  useEngineStore().status = { state: 'ready', pid: 1, nodeVersion: '20' }
  const grid = {
    size: [2, 2, 2],
    spacingMm: [1, 1, 1],
    originMm: [0, 0, 0],
    direction: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  } as const
  const summary = { name: 'ct', format: 'NIfTI', grid, storedType: 'int16', series: [], issues: [] }
  useVolumeStore().volume = {
    source: { path: '/ct.nii', acceptGeometry: false },
    summary: { ...summary, valueRange: [-1000, 1000] },
    display: { grid, voxels: new Int16Array(8) },
    displayFile: 'ct.raw',
  }
  await useXraysStore().open('/run.dcm')
  useOutputFolderStore().set('/out')
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const asked = () => requests.filter(({ name }) => name === 'register-sequence')

describe('a sequence in the window', () => {
  it('asks for the frames as the engine counts them, and shows the first with its pose', async () => {
    const store = useSequenceStore()
    store.framesText = '1, 3'
    expect(store.missing).toBeNull()
    const applied = store.apply()
    end({ ok: true, output })
    await applied
    expect(asked()).toMatchObject([{ request: { frames: [0, 2], folder: '/out/sequence-run' } }])
    await vi.waitFor(() => expect(usePoseStore().worldFromVolume[0][3]).toBe(0))
    store.show(1)
    await vi.waitFor(() => expect(useXraysStore().active?.source.frame).toBe(2))
    await vi.waitFor(() => expect(usePoseStore().worldFromVolume[0][3]).toBe(2))
  })

  it('says which frames can be named', async () => {
    const store = useSequenceStore()
    store.framesText = '2-4'
    expect(store.missing).toBe(text.sequence.missing.frames(3))
    await store.apply()
    expect(asked()).toEqual([])
  })

  it('does not move the pose of a patient that it was not started for', async () => {
    const store = useSequenceStore()
    const before = usePoseStore().worldFromVolume
    const applied = store.apply()
    usePatientSessionStore().begin()
    end({ ok: true, output })
    await applied
    await nextTick()
    expect(store.output).toBeNull()
    expect(usePoseStore().worldFromVolume).toBe(before)
    expect(useMessagesStore().messages).toHaveLength(1)
  })
})
