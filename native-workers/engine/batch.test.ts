import { describe, expect, it } from 'vitest'
import { UserError } from '../contract/errors.js'
import type { InfoInput, InfoOutput } from '../contract/operations/volume.js'
import type { Operation } from '../contract/progress.js'
import { batchOf } from './batch.operation.js'
import { quietContext } from '../imaging/testing/quiet-context.js'

const information: InfoOutput = { kind: 'other', title: 'A file', facts: [], issues: [] }
const cases = ['a', 'b', 'c'].map((name) => ({ name, input: { path: name } }))

const batch = (info: Operation<InfoInput, InfoOutput>, signal = new AbortController().signal) =>
  batchOf(() => ({ info }))({ operation: 'info', cases }, quietContext(signal))

describe('batch', () => {
  it('goes on after a case that fails, and says why', async () => {
    const { rows } = await batch(({ path }) =>
      path === 'b'
        ? Promise.reject(new UserError('file-truncated', 'It ends early.', 'Copy it again.'))
        : Promise.resolve(information),
    )
    expect(rows.map(({ name, state, message }) => [name, state, message])).toEqual([
      ['a', 'done', ''],
      ['b', 'failed', 'It ends early. Copy it again.'],
      ['c', 'done', ''],
    ])
  })

  it('does not go on after a defect', async () => {
    await expect(batch(() => Promise.reject(new TypeError('undefined')))).rejects.toThrow(TypeError)
  })

  it('says what stands when it is cancelled', async () => {
    const controller = new AbortController()
    const running = batch(({ path }) => {
      if (path === 'b') controller.abort()
      return Promise.resolve(information)
    }, controller.signal)
    await expect(running).rejects.toMatchObject({
      code: 'cancelled',
      message: 'The batch was cancelled; 2 of 3 cases are done, what they wrote stands.',
    })
    const before = batch(() => Promise.resolve(information), AbortSignal.abort())
    await expect(before).rejects.toMatchObject({
      code: 'cancelled',
      message: expect.stringMatching(/nothing was written/) as unknown,
    })
  })
})
