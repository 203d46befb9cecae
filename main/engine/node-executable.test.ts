import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findNodeExecutable } from './node-executable.js'

let root = ''
const platform = 'linux'

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter node '))
  for (const folder of ['resources/node/bin', 'given', 'path']) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'node'), '')
  }
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('findNodeExecutable', () => {
  it('takes the given Node before that of npm, and that before the PATH', () => {
    const others = {
      npm_node_execpath: join(root, 'missing'),
      PATH: ['', join(root, 'none'), join(root, 'path')].join(delimiter),
    }
    const environment = { ...others, ISOCENTER_NODE: join(root, 'given', 'node') }
    expect(findNodeExecutable({ environment, platform, packagedResources: null })).toBe(
      join(root, 'given', 'node'),
    )
    expect(findNodeExecutable({ environment: others, platform, packagedResources: null })).toBe(
      join(root, 'path', 'node'),
    )
  })

  it('takes only its own Node when packaged', () => {
    const environment = { ISOCENTER_NODE: join(root, 'given', 'node') }
    const packagedResources = join(root, 'resources')
    expect(findNodeExecutable({ environment, platform, packagedResources })).toBe(
      join(root, 'resources', 'node', 'bin', 'node'),
    )
    expect(findNodeExecutable({ environment, platform, packagedResources: root })).toBeNull()
  })
})
