import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal, isocenter, isocenterSucceeds } from './support/cli.js'
import { niftiBytes } from './support/nifti.js'
import { scratchFolder } from './support/scratch-folder.js'
import { cubeSize, cubeSpacingMm, cubeValues, writeSmallScene } from './support/small-scene.js'

const scratch = scratchFolder()
let scene = { volume: '', camera: '' }

/** Label 1 is the bone's lower half, label 2 its upper half. */
const halves = () => cubeValues().map((hu, index) => (hu < 0 ? 0 : Math.floor(index / 576) < 12 ? 1 : 2))

beforeAll(async () => {
  scene = await writeSmallScene(scratch('scene'))
  const labels = (name: string, image: Parameters<typeof niftiBytes>[0]) =>
    writeFile(scratch(name), niftiBytes(image))
  const values = Float32Array.from(halves())
  await labels('same grid.nii', { size: cubeSize, values, spacingMm: cubeSpacingMm })
  await labels('empty.nii', { size: cubeSize, values: values.map(() => 0), spacingMm: cubeSpacingMm })
  const far = { size: cubeSize, values, spacingMm: cubeSpacingMm, originMm: [900, 0, 0] as const }
  await labels('far.nii', far)
  await labels('other grid.nii', {
    size: [48, 48, 48],
    values: doubled(values),
    spacingMm: 2,
    originMm: [-1, -1, -1],
  })
})

/** Every voxel as a block of eight: the same shapes in space on a grid of half the spacing. */
function doubled(values: Float32Array): Float32Array {
  const half = (index: number) => Math.floor(index / 2)
  return Float32Array.from({ length: values.length * 8 }, (_, index) => {
    const [i, j, k] = [index % 48, Math.floor(index / 48) % 48, Math.floor(index / 2304)]
    return values[half(i) + 24 * (half(j) + 24 * half(k))] ?? 0
  })
}

function argv(labels: string, out: string, structures = '1'): string[] {
  const inputs = ['--volume', scene.volume, '--camera', scene.camera]
  const restriction = ['--labels', scratch(labels), '--structures', structures]
  return ['drr', ...inputs, ...restriction, '--method', 'siddon', '--out', scratch(out)]
}

describe('labels', () => {
  it('resamples labels on another grid in space and says so', async () => {
    await isocenterSucceeds(argv('same grid.nii', 'same.mha'))
    const { stderr } = await isocenterSucceeds(argv('other grid.nii', 'other.mha'))
    expect(stderr).toMatch(/another grid|other grid|resampled/i)
    expect(await readFile(scratch('other.mha'))).toEqual(await readFile(scratch('same.mha')))
  })

  it.each([
    ['far.nii', '1', 14, /overlap|inside the CT/],
    ['empty.nii', '1', 12, /label/],
    ['same grid.nii', '7', 12, /7/],
  ])('refuses %s for structure %s', async (labels, structures, exitCode, sentence) => {
    expectRefusal(await isocenter(argv(labels, 'refused.mha', structures)), exitCode, sentence)
    expect(existsSync(scratch('refused.mha'))).toBe(false)
  })
})
