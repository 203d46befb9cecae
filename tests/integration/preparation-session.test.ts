import { readFile, stat } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isocenter, isocenterSucceeds } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
const sample = (name: string) => scratch('sample', name)

const clean = () => ['labels', 'clean', sample('labels.nii.gz'), '--out', scratch('labels.nii.gz')]
const crop = () => [
  ...[
    'crop',
    sample('ct.nii.gz'),
    '--labels',
    scratch('labels.nii.gz'),
    '--structures',
    'bones=1+2+3+4+5+6+7+8+9+10+11+12',
  ],
  ...['--padding', '60', '--out', scratch('cropped')],
]
const isotropic = () => [
  ...['isotropic', scratch('cropped', 'ct_bones.nii.gz'), '--spacing', '2.5', '--center'],
  ...['--labels', scratch('cropped', 'ct_bones_labels.nii.gz'), '--out', scratch('isotropic')],
]
const register = () => [
  ...[
    'register',
    sample('xray-ap.png'),
    sample('xray-lateral.png'),
    '--linearize',
    '--out',
    scratch('result'),
  ],
  ...['--camera', sample('xray-ap.camera.json'), sample('xray-lateral.camera.json')],
  ...['--volume', scratch('isotropic', 'ct_bones_isotropic.nii.gz')],
]
const animate = () => ['animate', scratch('result'), '--max-frames', '12', '--out', scratch('run.gif')]

const records = () =>
  [
    scratch('labels.nii.gz.provenance.json'),
    scratch('cropped', 'ct_bones.provenance.json'),
    scratch('isotropic', 'ct_bones_isotropic.provenance.json'),
    scratch('run.gif.provenance.json'),
  ] as const

const upToDate = z.object({ isUpToDate: z.boolean() })

beforeAll(async () => {
  await isocenterSucceeds(['phantom', '--out', scratch('sample'), '--voxel-size', '3'])
  for (const argv of [clean(), crop(), isotropic(), register(), animate()]) await isocenterSucceeds(argv)
}, 180_000)

describe('the preparation of a CT, step by step', () => {
  it('leads to a pose that is right for the CT as it came from the scanner', async () => {
    await isocenterSucceeds([
      ...['pose', 'transform', scratch('result'), '--out', scratch('final.pose.json')],
      ...['--warp', scratch('isotropic', 'ct_bones_centering.tfm')],
    ])
    const { stdout } = await isocenterSucceeds([
      ...['evaluate-pose', scratch('final.pose.json'), '--truth', sample('xray-ap.pose.json')],
      ...['--points', sample('landmarks.points.json'), '--json'],
    ])
    const { mTreMm } = z.object({ mTreMm: z.number() }).parse(JSON.parse(stdout))
    expect(mTreMm).toBeLessThan(1)
  })

  it('is evaluated against the truth of the original CT', async () => {
    const { stdout } = await isocenterSucceeds([
      ...['evaluate', scratch('result'), '--out', scratch('evaluation'), '--json'],
      ...['--truth', sample('xray-ap.pose.json'), '--points', sample('landmarks.points.json')],
      ...['--warp', scratch('isotropic', 'ct_bones_centering.tfm')],
    ])
    const { finalErrors, files } = z
      .object({ finalErrors: z.object({ mTreMm: z.number() }), files: z.array(z.string()) })
      .parse(JSON.parse(stdout))
    expect(finalErrors.mTreMm).toBeLessThan(1)
    for (const file of files) expect((await stat(scratch('evaluation', file))).size).toBeGreaterThan(500)
  })

  it('leaves a record of settings and inputs beside every output', async () => {
    const recordSchema = z.object({
      version: z.string(),
      inputs: z.array(z.object({ sha256: z.string().length(64) })).min(1),
      outputs: z.array(z.object({ file: z.string() })).min(1),
    })
    for (const record of records()) recordSchema.parse(JSON.parse(await readFile(record, 'utf8')))
  })

  it('does nothing where nothing has changed', async () => {
    for (const [index, argv] of [clean(), crop(), isotropic(), animate()].entries()) {
      const before = (await stat(records()[index])).mtimeMs
      const { stdout } = await isocenterSucceeds([...argv, '--json'])
      expect(upToDate.parse(JSON.parse(stdout)).isUpToDate, argv.join(' ')).toBe(true)
      expect((await stat(records()[index])).mtimeMs).toBe(before)
    }
  })

  it('goes on after a bad case and says which one it was', async () => {
    const run = await isocenter([
      ...['isotropic', sample('ct.nii.gz'), sample('landmarks.points.json'), '--spacing', '4'],
      ...['--out', scratch('several')],
    ])
    expect(run.exitCode).toBe(21)
    const lines = (await readFile(scratch('several', 'summary.csv'), 'utf8')).trim().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/^ct,done,/)
    expect(lines[2]).toMatch(/^landmarks\.points,failed,/)
  })
})
