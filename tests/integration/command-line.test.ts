import { readdir, readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { phantomOutputSchema, type PhantomOutput } from '../../native-workers/contract/operations/phantom.js'
import { registrationResultSchema } from '../../native-workers/contract/files/registration-result.js'
import { evaluatePoseOutputSchema } from '../../native-workers/contract/operations/evaluate.js'
import { isocenter, isocenterSucceeds } from './support/cli.js'
import { scratchFolder } from './support/scratch-folder.js'

const scratch = scratchFolder()
let phantom: PhantomOutput
beforeAll(async () => {
  const argv = ['phantom', '--out', scratch('Übung 1'), '--voxel-size', '2.5', '--json']
  phantom = phantomOutputSchema.parse(JSON.parse((await isocenterSucceeds(argv)).stdout))
})

function bothViews(out: string): string[] {
  const { views, volume } = phantom
  return [
    'register',
    ...views.map(({ xray }) => xray),
    ...['--volume', volume],
    ...['--camera', ...views.map(({ camera }) => camera)],
    ...['--landmarks-3d', phantom.landmarks],
    ...['--linearize', '--json', '--out', scratch(out)],
  ]
}

describe('help and wrong use', () => {
  it('prints grouped help, exit codes and the version', async () => {
    const { stdout } = await isocenterSucceeds(['--help'])
    const groups = ['Prepare:', 'dcm2nii', 'isotropic', 'Register:', 'register', 'Judge and show:', 'Files:']
    const places = groups.map((group) => stdout.indexOf(`\n${group.endsWith(':') ? '' : '  '}${group}`))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(stdout).toMatch(/130 {2}cancelled/)
    const register = await isocenterSucceeds(['register', '--help'])
    for (const group of ['CT volume:', 'Camera', 'Start of the registration:', 'Optimisation:', 'Output:']) {
      expect(register.stdout).toContain(group)
    }
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
    expect((await isocenterSucceeds(['--version'])).stdout.trim()).toBe(manifest.version)
  })

  it.each([
    [['registr'], /unknown command.*\n.*register/],
    [['register', 'x.png', '--out', 'o'], /required option.*--volume/],
    [['drr', '--volume', 'v', '--camera', 'c', '--out', 'o', '--rotation', '1,2'], /Three numbers/],
    [['register', '--volume', 'v', '--out', 'o'], /No X-ray/],
    [['drr', '--volume', 'v', '--camera', 'c', '--out', 'drr.bmp'], /drr\.bmp/],
  ])('exits with 2 for %j', async (argv, sentence) => {
    const run = await isocenter(argv)
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toMatch(sentence)
  })
})

describe('the phantom, end to end, in a folder with blanks and umlauts', () => {
  it('registers both views jointly from the landmarks and measures the error', async () => {
    const argv = [...bothViews('Ergebnis 1'), '--init', 'landmarks']
    const first = phantom.views[0]?.landmarks ?? ''
    const { stdout } = await isocenterSucceeds([...argv, '--landmarks-2d', first])
    const { result } = JSON.parse(stdout) as { result: unknown }
    expect(registrationResultSchema.parse(result).verdict.level).not.toBe('failed')
    const written = ['drr-final', 'drr-initial', 'overlay', 'xray'].flatMap((name) => [
      `${name}-1.png`,
      `${name}-2.png`,
    ])
    expect(await readdir(scratch('Ergebnis 1'))).toEqual([...written, 'result.json', 'trajectory.csv'].sort())

    const truth = phantom.views[0]?.truth ?? ''
    const evaluate = ['evaluate-pose', scratch('Ergebnis 1', 'result.json'), '--truth', truth]
    const run = await isocenterSucceeds([...evaluate, '--points', phantom.landmarks, '--json'])
    const errors = evaluatePoseOutputSchema.parse(JSON.parse(run.stdout))
    expect(errors.mTreMm).toBeLessThan(1)
    expect(errors.views).toHaveLength(2)
  })

  it('tells what each of its files is', async () => {
    for (const path of [phantom.volume, phantom.views[0]?.camera ?? '', phantom.landmarks]) {
      const { stdout } = await isocenterSucceeds(['info', path])
      expect(stdout.split('\n').length).toBeGreaterThan(2)
    }
  })

  it('renders the true view to every format', async () => {
    const [view] = phantom.views
    const inputs = [
      'drr',
      '--volume',
      phantom.volume,
      '--camera',
      view?.camera ?? '',
      '--pose',
      view?.truth ?? '',
    ]
    for (const name of ['drr.png', 'drr.tiff', 'drr.mha', 'drr.nrrd']) {
      await isocenterSucceeds([...inputs, '--out', scratch('Bilder', name)])
    }
    expect(await readdir(scratch('Bilder'))).toEqual(['drr.mha', 'drr.nrrd', 'drr.png', 'drr.tiff'])
  })

  it('reports an error to machines as a document', async () => {
    const run = await isocenter(['info', scratch('nothing'), '--json'])
    expect(run.exitCode).toBe(3)
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: 'file-not-found', exitCode: 3 } })
  })
})
