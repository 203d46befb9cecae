import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { compileKernel, kernelFile } from '../../scripts/build-kernel.mjs'

it('the committed kernel is what its source compiles to', async () => {
  const built = await compileKernel()
  expect(built.length).toBeGreaterThan(1000)
  // As one comparison, since a difference of arrays would be printed byte by byte.
  expect(readFileSync(kernelFile).equals(built)).toBe(true)
})
