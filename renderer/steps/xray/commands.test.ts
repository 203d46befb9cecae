import { describe, expect, it } from 'vitest'
import { cameraFromNumbers } from '../../geometry/camera.js'
import { identity4 } from '../../geometry/math.js'
import { defaultPreprocessing } from '../../stores/xrays.js'
import { dicomSetCommand, mirrorCommand } from './commands.js'
import { xrayState } from './xray-state.js'

const camera = cameraFromNumbers({
  imageSize: { width: 100, height: 80 },
  sourceToDetectorMm: 1020,
  pixelSpacingMm: [0.3, 0.3],
  principalPoint: [49.5, 39.5],
  cameraFromWorld: identity4,
})
const xray = {
  source: { path: '/in/knee.dcm', frame: 0, preprocessing: defaultPreprocessing },
  cameraSource: undefined,
  camera,
  opened: { format: 'DICOM', validPixelFraction: 0.9 },
}
const wordsOf = (command: ReturnType<typeof mirrorCommand>): string =>
  command.kind === 'command' ? command.words.join(' ') : command.reason

describe('the commands of an X-ray', () => {
  it('write its geometry into a copy of a DICOM file', () => {
    expect(wordsOf(dicomSetCommand(xray, '/out'))).toBe(
      'isocenter dicom set /in/knee.dcm --sdd 1020 --pixel-spacing 0.3,0.3 --out /out/knee-geometry.dcm',
    )
    const png = { ...xray, opened: { ...xray.opened, format: 'PNG, 16 bits' } }
    expect(dicomSetCommand(png, '/out').kind).toBe('none')
    expect(dicomSetCommand({ ...xray, camera: null }, '/out').kind).toBe('none')
    expect(dicomSetCommand(xray, null).kind).toBe('none')
  })

  it('mirror it with the camera that it has', () => {
    expect(wordsOf(mirrorCommand(xray, '/out'))).toBe('isocenter xray mirror /in/knee.dcm --out /out')
    const withFile = { ...xray, cameraSource: { kind: 'file' as const, path: '/in/a.camera.json' } }
    expect(wordsOf(mirrorCommand(withFile, '/out'))).toContain('--camera /in/a.camera.json')
    const typed = { ...xray, cameraSource: { kind: 'camera' as const, camera } }
    expect(wordsOf(mirrorCommand(typed, '/out'))).toContain(
      '--sdd 1020 --pixel-spacing 0.3,0.3 --principal-point 49.5,39.5',
    )
    const [, second, third, fourth] = identity4
    const apart = { ...camera, cameraFromWorld: [[1, 0, 0, 5], second, third, fourth] as const }
    const world = { ...xray, cameraSource: { kind: 'camera' as const, camera: apart } }
    expect(mirrorCommand(world, '/out').kind).toBe('none')
  })
})

describe('the state of an X-ray', () => {
  it('names what is missing first', () => {
    const ready = { ...xray, included: true }
    expect(xrayState(ready)).toBe('ready')
    expect(xrayState({ ...ready, included: false })).toBe('left')
    expect(xrayState({ ...ready, camera: null })).toBe('camera')
    expect(xrayState({ ...ready, opened: { validPixelFraction: 0.01 } })).toBe('empty')
  })
})
