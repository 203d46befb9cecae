import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext } from '../../imaging/testing/quiet-context.js'
import { temporaryFolder } from '../../imaging/testing/temporary-folder.js'
import { disposeRenderers } from '../../rendering/volume-renderers.js'
import { type SavedBlobs, saveBlobRegistration } from '../testing/saved-blobs.js'
import { openRegistration } from './open-registration.operation.js'
import { reviewRegistration } from './review-registration.operation.js'

const folder = temporaryFolder({ beforeAll, afterAll })
let saved: SavedBlobs
beforeAll(async () => {
  saved = await saveBlobRegistration(folder.path)
})
afterAll(disposeRenderers)

const open = (checkInputs: boolean, candidatePaths: string[] = []) =>
  openRegistration({ resultPath: saved.resultFolder, checkInputs, candidatePaths }, quietContext())

describe('openRegistration', () => {
  it('brings a result back with the review that was written beside it', async () => {
    const first = await open(false)
    expect(first).toMatchObject({ review: null, inputs: [], result: { views: [{}] } })
    expect(first.resultPath).toBe(join(saved.resultFolder, 'result.json'))
    const review = { folder: saved.resultFolder, decision: 'rejected', note: 'wrong side' } as const
    await reviewRegistration(review, quietContext())
    expect((await open(false)).review).toMatchObject({ decision: 'rejected', note: 'wrong side' })
    await writeFile(join(saved.resultFolder, 'review.json'), '{')
    expect((await open(false)).review).toBeNull()
  })

  it('tells which inputs are the same, changed or gone', async () => {
    const states = async () => (await open(true)).inputs.map(({ role, state }) => [role, state])
    expect((await states()).map(([, state]) => state)).toEqual(['same', 'same', 'same'])
    const [xray] = saved.xrayPaths
    const bytes = await readFile(xray)
    bytes[bytes.length - 1] ^= 1
    await writeFile(xray, bytes)
    await rename(saved.volumePath, `${saved.volumePath}.away`)
    expect(Object.fromEntries(await states())).toMatchObject({ 'xray 1': 'changed', volume: 'missing' })

    await mkdir(folder.file('moved'))
    const moved = folder.file(join('moved', basename(saved.volumePath)))
    await rename(`${saved.volumePath}.away`, moved)
    const volume = (await open(true, [moved])).inputs.find(({ role }) => role === 'volume')
    expect(volume).toEqual({ role: 'volume', path: moved, state: 'same' })
  })

  it('refuses what is no result, and a review of nothing', async () => {
    await writeFile(folder.file('result.json'), '{}')
    await expect(
      openRegistration({ resultPath: folder.path, checkInputs: false, candidatePaths: [] }, quietContext()),
    ).rejects.toMatchObject({ code: 'format-unknown' })
    await expect(
      reviewRegistration({ folder: folder.file('nothing'), decision: 'accepted', note: '' }, quietContext()),
    ).rejects.toMatchObject({ code: 'file-not-found' })
  })
})
