import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

interface AxeFinding {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

let axeSource: string | null = null

/** Serious and critical faults that axe-core finds in what is on the screen, one line each. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  axeSource ??= await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const found = await page.evaluate<readonly AxeFinding[]>(
    `(() => { ${axeSource}; return axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations) })()`,
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary.slice(0, 300)}`),
    )
}
