import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type SceneDocument } from '../../contract/files/scene-document.js'
import { identity4 } from '../../geometry/matrix.js'
import { packSurface } from './pack.js'
import { sceneHtml } from './scene-html.js'

const mesh = {
  points: Float32Array.from([-10, 0, 5, 20, 1, 6, 3, 40, 7.5]),
  triangles: Uint32Array.from([0, 1, 2]),
}

async function document(title: string): Promise<SceneDocument> {
  return {
    schema: 'isocenter/scene@1',
    title,
    facts: [],
    isocentreMm: [0, 0, 0],
    boxCornersMm: [],
    surface: await packSurface(mesh),
    startFromFinal: identity4,
    carms: [],
  }
}

const inflated = (packed: string) => Uint8Array.from(inflateSync(Buffer.from(packed, 'base64')))

describe('packSurface', () => {
  it('keeps triangles exactly, and points to a 65535th of the longest side', async () => {
    const { points, triangles, originMm, stepMm } = await packSurface(mesh)
    expect([...new Uint32Array(inflated(triangles).buffer)]).toEqual([0, 1, 2])
    expect(stepMm).toBeCloseTo(40 / 65535, 12)
    new Uint16Array(inflated(points).buffer).forEach((step, n) => {
      expect(Math.abs(originMm[n % 3] + stepMm * step - mesh.points[n])).toBeLessThanOrEqual(stepMm)
    })
  })
})

describe('sceneHtml', () => {
  const script = `const a = '</script><script src="https://example.org/x.js">'`

  it('allows its own script alone, by its digest, and no network', async () => {
    const html = sceneHtml(await document('CT'), script)
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
    const inside = /<script>([\s\S]*)<\/script>\n<\/body>/.exec(html)?.[1] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`'sha256-${createHash('sha256').update(inside).digest('base64')}'`)
    expect(policy).not.toMatch(/https?:|unsafe|\*/)
    // Only the document and the viewer are scripts, whatever either says.
    expect(html.match(/<\/script/g)).toHaveLength(2)
    expect(html.replace(inside, '')).not.toMatch(/(src|href)=|https?:/)
  })

  it('carries the document unchanged, whatever its names are', async () => {
    const title = 'a</script><!-- & "b" µm'
    const html = sceneHtml(await document(title), script)
    const text = /id="scene">(.*)<\/script>/.exec(html)?.[1] ?? ''
    expect(JSON.parse(text)).toEqual(await document(title))
    expect(html).toContain('<title>a&lt;/script&gt;&lt;!-- &amp; "b" µm</title>')
  })
})
