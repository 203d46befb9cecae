import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Project } from '../../native-workers/contract/project/project.js'
import { AllowedPaths } from '../paths/allowed-paths.js'
import { documentName, previousName } from './project-document.js'
import { ProjectKeeper } from './project-keeper.js'

let root = ''
let folder = ''
let allowed = new AllowedPaths()
let keeper = new ProjectKeeper(allowed, '')

/** As a program that starts. */
function startAgain(): void {
  keeper.release()
  allowed = new AllowedPaths()
  keeper = new ProjectKeeper(allowed, join(root, 'session'))
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter project ö '))
  folder = join(root, 'knee')
  for (const name of [folder, join(root, 'session/sample')]) mkdirSync(name, { recursive: true })
  for (const name of ['outside.nii', 'knee/ct.nii', 'session/sample/x.png', 'session/sample/x.json'])
    writeFileSync(join(root, name), name)
  startAgain()
})
afterEach(() => {
  keeper.release()
  rmSync(root, { recursive: true, force: true })
})

/** `project` with a CT and an X-ray, both opened by the person. */
function withFiles(project: Project, volume: string, xray: string): Project {
  for (const path of [volume, xray]) allowed.allowInput(path)
  const preprocessing = {
    crop: 0,
    invert: false,
    subtractBackground: false,
    linearize: false,
    autoMask: true,
  }
  const [patient] = project.patients
  if (patient === undefined) throw new Error('no patient')
  return {
    ...project,
    activeStep: 'register',
    patients: [
      {
        ...patient,
        volume: { path: volume, acceptGeometry: false },
        xrays: [{ source: { path: xray, frame: 0, preprocessing }, included: true }],
      },
    ],
  }
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

describe('ProjectKeeper', () => {
  it('writes inner paths relative and outer ones absolute, and opens them for the next start', async () => {
    const { project } = await keeper.create(folder)
    const outside = join(root, 'outside.nii')
    await keeper.save(withFiles(project, join(folder, 'ct.nii'), outside))
    expect(JSON.parse(read(documentName))).toMatchObject({
      patients: [{ volume: { path: 'ct.nii' }, xrays: [{ source: { path: outside } }] }],
      files: { 'ct.nii': { sizeBytes: 11 }, [outside]: { sizeBytes: 11 } },
    })
    expect(read(previousName)).toContain('"activeStep": "data"')

    startAgain()
    expect(() => allowed.assertInput(outside)).toThrow()
    const again = await keeper.open(folder)
    expect(again).toMatchObject({ isWritable: true, notes: [], project: { activeStep: 'register' } })
    expect(() => allowed.assertInput(outside)).not.toThrow()
    expect(() => allowed.assertOutputFolder(join(folder, 'cropped'))).not.toThrow()
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  it('keeps a result that lies in the home folder itself, and opens nothing else there', async () => {
    for (const name of ['HOME', 'USERPROFILE']) vi.stubEnv(name, root)
    for (const name of ['result.json', 'review.json', 'overlay.png', 'private.txt'])
      writeFileSync(join(root, name), name)
    const { project } = await keeper.create(folder)
    const [patient] = project.patients
    if (patient === undefined) throw new Error('no patient')
    const registration = {
      folder: root,
      created: '2026-01-02T03:04:05.000Z',
      verdict: 'good',
      note: '',
      decision: 'open',
    } as const
    const withResult = { ...project, patients: [{ ...patient, registrations: [registration] }] }
    await expect(keeper.save(withResult)).rejects.toMatchObject({ code: 'input-invalid' })
    allowed.allowInput(join(root, 'result.json'))
    await keeper.save(withResult)
    expect(JSON.parse(read(documentName))).toMatchObject({
      patients: [{ registrations: [{ folder: root }] }],
    })

    startAgain()
    const { notes, project: again } = await keeper.open(folder)
    expect([notes, again.patients]).toEqual([[], withResult.patients])
    const names = ['result.json', 'review.json', 'overlay.png', 'private.txt']
    expect(names.filter((name) => allowed.isInput(join(root, name)))).toEqual(names.slice(0, 3))
    vi.unstubAllEnvs()
  })

  it('opens after its folder was moved, and tells each file that is gone or changed', async () => {
    const { project } = await keeper.create(folder)
    const outside = join(root, 'outside.nii')
    await keeper.save(withFiles(project, join(folder, 'ct.nii'), outside))
    startAgain()
    const moved = join(root, 'moved')
    renameSync(folder, moved)
    rmSync(outside)
    writeFileSync(join(moved, 'ct.nii'), 'another CT')
    const { notes, project: opened } = await keeper.open(moved)
    expect(opened.patients[0]?.volume?.path).toBe(join(moved, 'ct.nii'))
    expect(notes).toEqual([
      { kind: 'changed', path: join(moved, 'ct.nii') },
      { kind: 'missing', path: outside, pathKind: 'xray', isFolder: false },
    ])
  })

  it('does not write a path that the person did not open', async () => {
    const { project } = await keeper.create(folder)
    const named = withFiles(project, join(folder, 'ct.nii'), join(folder, 'x.png'))
    const [patient] = named.patients
    const secret = { ...patient, volume: { path: '/etc/hostname', acceptGeometry: false } }
    await expect(
      keeper.save({
        ...named,
        patients: [{ ...secret, id: project.activePatient, name: '', xrays: [], registrations: [] }],
      }),
    ).rejects.toThrow(/was not opened/)
  })

  it('copies what lies in the session’s folder, with what is beside it', async () => {
    const { project } = await keeper.create(folder)
    const saved = await keeper.save(
      withFiles(project, join(folder, 'ct.nii'), join(root, 'session/sample/x.png')),
    )
    expect(saved.patients[0]?.xrays[0]?.source.path).toBe(join(folder, 'sample/x.png'))
    expect(read('sample/x.png')).toBe('session/sample/x.png')
    expect(read('sample/x.json')).toBe('session/sample/x.json')
  })

  it('opens for reading only what another program has open', async () => {
    await keeper.create(folder)
    const other = new ProjectKeeper(new AllowedPaths(), root)
    const { isWritable, notes, project } = await other.open(folder)
    expect(isWritable).toBe(false)
    expect(notes).toMatchObject([{ kind: 'open-elsewhere' }])
    await expect(other.save(project)).rejects.toThrow(/reading only/)
    await other.close()
    expect(await keeper.save(project)).toMatchObject({ name: 'knee' })
  })

  it('falls back on the state before when the document is damaged, and never on one before a newer version', async () => {
    const { project } = await keeper.create(folder)
    await keeper.save(project)
    startAgain()
    const whole = read(documentName)
    writeFileSync(join(folder, documentName), whole.slice(0, 40))
    expect(await keeper.open(folder)).toMatchObject({ notes: [{ kind: 'previous-state' }] })
    startAgain()
    writeFileSync(join(folder, documentName), whole.replace('project@1', 'project@2'))
    await expect(keeper.open(folder)).rejects.toThrow(/newer version/)
    expect(keeper.folder).toBeNull()
  })

  it('begins no project over another', async () => {
    await keeper.create(folder)
    startAgain()
    await expect(keeper.create(folder)).rejects.toThrow(/already holds/)
  })
})
