import { expect, it } from 'vitest'
import { CleanUp } from './clean-up.js'

it('closes everything, the last first, and tells the first error at the end', async () => {
  const cleanUp = new CleanUp()
  const closed: string[] = []
  const close = (name: string) => {
    closed.push(name)
    if (name === 'b') throw new Error('b is stuck')
  }
  expect(cleanUp.opened('a', close)).toBe('a')
  cleanUp.opened('b', close)
  cleanUp.opened('c', async (name) => {
    await Promise.resolve()
    close(name)
  })
  await expect(cleanUp.run()).rejects.toThrow('b is stuck')
  expect(closed).toEqual(['c', 'b', 'a'])
  await cleanUp.run()
  expect(closed).toHaveLength(3)
})
